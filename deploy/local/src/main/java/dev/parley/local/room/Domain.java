package dev.parley.local.room;

import static java.util.Objects.requireNonNull;

import dev.parley.local.keycloak.Realm;
import dev.parley.local.postgres.PostgresCluster;
import dev.parley.local.state.StateFolder;

/** A trust domain of the room, the operator's or a party's: its folder, its realm of users, its cluster. */
public record Domain(String name, StateFolder folder, Realm realm, PostgresCluster cluster) {
    public Domain {
        requireNonNull(name);
        requireNonNull(folder);
        requireNonNull(realm);
        requireNonNull(cluster);
    }
}
