-- What one party's broker must not forget. Amounts are integers of micro-epsilon; digests are lower-case hexadecimal.

-- Challenges that wait for evidence. A row is taken away by whoever answers it first.
create table open_challenge (
    nonce      text primary key,
    statement  text not null,
    expires_at timestamptz not null
);
create index open_challenge_expiry on open_challenge (expires_at);

-- The largest head of each log that this broker saw.
create table seen_head (
    origin text primary key,
    size   bigint not null check (size > 0),
    root   text not null
);

-- Every version that this party's own quorum signed; the largest of a room is the newest.
create table signed_policy (
    room        text not null,
    version     integer not null check (version > 0),
    digest      text not null,
    name        text not null,
    bundle      bytea not null,
    approvals   text not null,
    signed_at   timestamptz not null,
    valid_until timestamptz not null,
    primary key (room, version)
);

-- The wrapped key is there until it is shredded, and never again.
create table held_dataset (
    room        text not null,
    dataset     text not null,
    version     integer not null check (version > 0),
    manifest    text not null,
    statement   text not null,
    lineage     text not null,
    wrapped_key bytea,
    stored_at   timestamptz not null,
    shredded_at timestamptz,
    primary key (room, dataset, version),
    check ((wrapped_key is null) = (shredded_at is not null))
);

-- What the people of a lineage lost, by calendar year in UTC. Nothing lowers it, and epsilon 20 a year is the floor.
create table spending (
    lineage       text not null,
    year          integer not null,
    micro_epsilon bigint not null check (micro_epsilon between 0 and 20000000),
    primary key (lineage, year)
);

-- One row for each grant; micro_epsilon is what it sets aside in each of its lineages until it expires or is charged.
create table reservation (
    grant_digest  text primary key,
    query         text not null,
    micro_epsilon bigint not null check (micro_epsilon >= 0),
    expires_at    timestamptz not null,
    body          text not null,
    charged_with  text
);
create index reservation_live on reservation (expires_at) where charged_with is null;

create table reservation_lineage (
    grant_digest text not null references reservation on delete cascade,
    lineage      text not null,
    primary key (grant_digest, lineage)
);
create index reservation_lineage_lineage on reservation_lineage (lineage);

-- Charged once for each query and set of seeds, whatever runs asked for it.
create table charge (
    query            text not null,
    seed_commitments text not null,
    own_commitment   text not null,
    room             text not null,
    template         text not null,
    micro_epsilon    bigint not null check (micro_epsilon >= 0),
    charged_at       timestamptz not null,
    releases         integer not null check (releases > 0),
    primary key (query, seed_commitments)
);

create table charge_lineage (
    query            text not null,
    seed_commitments text not null,
    lineage          text not null,
    primary key (query, seed_commitments, lineage),
    foreign key (query, seed_commitments) references charge
);
create index charge_lineage_lineage on charge_lineage (lineage);

-- The one exact query of a lineage.
create table exact_query (
    lineage text primary key,
    query   text not null
);

-- One id, one wish.
create table run_request (
    runner  text not null,
    id      text not null,
    payload text not null,
    primary key (runner, id)
);

create table runner_day (
    room     text not null,
    runner   text not null,
    day      date not null,
    releases integer not null check (releases > 0),
    primary key (room, runner, day)
);
