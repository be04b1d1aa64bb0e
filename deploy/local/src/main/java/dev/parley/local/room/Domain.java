package dev.parley.local.room;

import static java.util.Objects.requireNonNull;

import dev.parley.local.postgres.PostgresBinaries;
import dev.parley.local.postgres.PostgresCluster;
import dev.parley.local.process.Children;
import dev.parley.local.process.StartFailed;
import dev.parley.local.state.StateFolder;
import java.io.IOException;

/** A trust domain of the room, the operator's or a party's: its folder and its cluster. */
public record Domain(String name, StateFolder folder, PostgresCluster cluster) {
    public static final String OPERATOR = "operator";

    public Domain {
        requireNonNull(name);
        requireNonNull(folder);
        requireNonNull(cluster);
    }

    static Domain start(Site site, String name, Children children)
            throws IOException, StartFailed, InterruptedException {
        var binaries = PostgresBinaries.unpackedIn(site.checkout().path().resolve("deploy/local/target/postgres"));
        var folder = site.state().folder(name);
        int port = site.ports().of("postgres-" + name);
        return new Domain(name, folder, PostgresCluster.start(binaries, folder.folder("postgres"), port, children));
    }
}
