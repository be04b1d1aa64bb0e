create table room (
    id text primary key,
    created_at timestamptz not null
);

create table policy (
    room text not null references room,
    version int not null,
    digest text not null,
    name text not null,
    bundle bytea not null,
    published_by text not null,
    published_at timestamptz not null,
    valid_from timestamptz not null,
    valid_until timestamptz not null,
    -- When the last missing quorum signed.
    activated_at timestamptz,
    primary key (room, version),
    unique (room, digest)
);

-- Who is named in a version: every question about a room is filtered by it.
create table policy_party (
    room text not null,
    version int not null,
    party text not null,
    primary key (room, version, party),
    foreign key (room, version) references policy
);
create index policy_party_by_party on policy_party (party, room);

create table approval (
    room text not null,
    version int not null,
    signer text not null,
    party text not null,
    role text not null,
    statement text not null,
    approved_at timestamptz not null,
    primary key (room, version, signer),
    foreign key (room, version) references policy
);

create table dataset_version (
    room text not null references room,
    dataset text not null,
    version int not null,
    owner text not null,
    manifest_digest text not null,
    manifest text not null,
    ciphertext_digest text not null,
    ciphertext_length bigint not null,
    -- The name of the ciphertext in the object store, once it is there.
    object uuid,
    created_at timestamptz not null,
    primary key (room, dataset, version)
);

create table upload (
    id uuid primary key,
    party text not null,
    room text not null,
    dataset text not null,
    version int not null,
    length bigint not null,
    created_at timestamptz not null,
    completed_at timestamptz,
    foreign key (room, dataset, version) references dataset_version
);
create index upload_by_version on upload (room, dataset, version);

-- Tokens only grow, over all runs, so that the newer of two claims is always told apart.
create sequence fencing_token;

create table run (
    id uuid primary key,
    seq bigint generated always as identity unique,
    room text not null references room,
    policy_version int not null,
    party text not null,
    template text not null,
    request text not null,
    request_digest text not null unique,
    -- Same query, same recipients, same policy: the result of one answers the other.
    answer_key text not null,
    expires timestamptz not null,
    state text not null,
    step text not null,
    code text,
    attempts int not null,
    submitted_at timestamptz not null,
    available_at timestamptz not null,
    finished_at timestamptz,
    repeat_of uuid references run,
    isolation text,
    host text,
    lease uuid,
    lease_expires timestamptz,
    fencing_token bigint not null,
    foreign key (room, policy_version) references policy
);
create index run_queue on run (available_at, seq) where state = 'QUEUED';
create index run_leases on run (lease_expires) where state = 'RUNNING';
create index run_answers on run (answer_key) where state = 'DELIVERED' and repeat_of is null;
create unique index run_by_lease on run (lease) where lease is not null;

-- Who may see a run: who asked, who receives, whose data is used.
create table run_party (
    run uuid not null references run,
    party text not null,
    recipient boolean not null,
    primary key (run, party)
);
create index run_party_by_party on run_party (party, run);

create table receipt (
    run uuid primary key references run,
    receipt bytea not null,
    evidence bytea not null
);

create table sealed_result (
    run uuid not null references run,
    recipient text not null,
    sealed bytea not null,
    primary key (run, recipient)
);

-- One row: locked by whoever appends, so that indices have no gaps and heads are never signed twice for one size.
create table log_head (
    only_one int primary key check (only_one = 1),
    size bigint not null
);
insert into log_head values (1, 0);

create table log_entry (
    index bigint primary key,
    entry bytea not null,
    leaf_hash bytea not null check (length(leaf_hash) = 32)
);

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'the log is append-only';
end $$;
create trigger log_entry_append_only before update or delete or truncate on log_entry
    for each statement execute function refuse_change();
