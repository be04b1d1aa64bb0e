package dev.parley.rehearsal.room;

import static dev.parley.local.room.LocalRoom.PUBLISHER;
import static dev.parley.local.room.LocalRoom.RETAILER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.local.postgres.Database;
import dev.parley.local.room.LocalRoom;
import dev.parley.rehearsal.canary.Canary;
import dev.parley.rehearsal.canary.Scanner;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Values planted in both parties' rows are found nowhere after a run: no database, no object, no log, no temporary file,
 * no answer. The policy's purpose carries a control value, which must be found wherever the policy goes.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NoTraceTest {
    private static final String CONTROL = "control.q8w3nz71";
    private static final Canary PERSON = new Canary("identity of both parties", "canary.h4kq9x2m@parley.test");
    private static final Canary CUSTOMER = new Canary("identity of a customer", "canary.t7vb3c8y@parley.test");
    private static final Canary READER = new Canary("identity of a reader", "canary.m2zr6w9p@parley.test");
    private static final Canary STORE = new Canary("text dimension", "canary-store-x5jd8f3k");
    private static final Canary PHONE = new Canary("column that is not mapped", "+49 30 7719 0465 8821");
    private static final List<Canary> CANARIES = List.of(PERSON, CUSTOMER, READER, STORE, PHONE);

    private final Scanner scanner = new Scanner(CANARIES);
    private final Scanner control = new Scanner(List.of(new Canary("control", CONTROL)));

    private Set<Path> temporaryFilesBefore = Set.of();
    private Path files = Path.of("");
    private Path state = Path.of("");
    private Rehearsed rehearsed;
    private String run = "";

    @BeforeAll
    void runWithPlantedValues(@TempDir Path parent) throws Exception {
        temporaryFilesBefore = temporaryFiles();
        state = parent.resolve("state");
        files = Files.createDirectory(parent.resolve("files"));
        rehearsed = Rehearsed.start(state);
        AmendedPolicy.of(rehearsed)
                .replace("room.yaml", "in aggregates only", "in aggregates only " + CONTROL)
                .replace(
                        "datasets/customers.yaml",
                        "  - name: region\n",
                        "  - name: store\n    role: dimension\n    type: text\n\n  - name: region\n")
                .approve();
        var customers = new ArrayList<String>();
        for (var line : Files.readAllLines(rehearsed.room().inputs().customers())) {
            customers.add(line + (customers.isEmpty() ? ",store" : ",main street"));
        }
        customers.add(customer(PERSON));
        customers.add(customer(CUSTOMER));
        sealAndUpload(RETAILER, "customers", customers);
        var exposures =
                new ArrayList<>(Files.readAllLines(rehearsed.room().inputs().exposures()));
        exposures.add(PERSON.text() + ",autumn,3");
        exposures.add(READER.text() + ",winter,2");
        sealAndUpload(PUBLISHER, "exposures", exposures);
        run = rehearsed.run(PUBLISHER, "reach-by-segment");
        rehearsed.result(PUBLISHER, run);
    }

    @AfterAll
    void stop() {
        rehearsed.close();
    }

    private static String customer(Canary identity) {
        return identity.text() + "," + PHONE.text() + ",premium,north,123.45," + STORE.text();
    }

    private void sealAndUpload(String party, String dataset, List<String> lines) throws Exception {
        var csv = Files.write(files.resolve(dataset + ".csv"), lines);
        var sealed = Files.createDirectories(state.resolve("sealed-" + party));
        var cli = rehearsed.room().party(party).cli();
        cli.unlocking(
                "seal",
                "--room",
                LocalRoom.ROOM,
                "--dataset",
                dataset,
                "--version",
                "2",
                "--out",
                sealed.toString(),
                csv.toString());
        cli.must("upload", sealed.resolve(dataset + "-v2.parley").toString());
    }

    @Test
    void nothingIsLeftInAnyFile() throws Exception {
        var found = scanner.scan(state, this::isAPartysOwn);

        assertThat(found).isEmpty();
        plantAndFind(state.resolve("operator"));
        plantAndFind(state.resolve(RETAILER).resolve("logs"));
        plantAndFind(rehearsed.room().operator().api().objects());
    }

    @Test
    void nothingIsLeftInTemporaryFolders() throws Exception {
        var fresh = new HashSet<>(temporaryFiles());
        fresh.removeAll(temporaryFilesBefore);

        for (var path : fresh) {
            if (!path.startsWith(state.getParent()) && !state.startsWith(path)) {
                assertThat(scanner.scan(path, file -> false)).isEmpty();
            }
        }
        plantAndFind(Files.createTempDirectory("parley-control"));
    }

    @Test
    void nothingIsLeftInAnyDatabase() throws Exception {
        for (var database : databases()) {
            try (var connection = DriverManager.getConnection(
                    database.jdbcUrl(), database.user(), database.password().reveal())) {
                var contents = contents(connection);

                assertThat(scanner.scan(database.jdbcUrl(), contents)).isEmpty();
                assertThat(control.scan(database.jdbcUrl(), contents)).isNotEmpty();
            }
        }
    }

    @Test
    void nothingIsInAnyAnswer() throws Exception {
        var controls = 0;
        for (var party : List.of(RETAILER, PUBLISHER)) {
            for (var address : addresses()) {
                var body = rehearsed.body(address, rehearsed.operatorToken(party));
                assertThat(scanner.scan(address.toString(), body)).isEmpty();
                controls += control.scan(address.toString(), body).size();
            }
            for (var path : List.of("/v1/status", "/v1/budget", "/v1/datasets", "/v1/rooms")) {
                var body = rehearsed.body(rehearsed.portal(party, path), rehearsed.portalToken(party));
                assertThat(scanner.scan(path, body)).isEmpty();
                controls += control.scan(path, body).size();
            }
        }
        assertThat(controls).isPositive();
    }

    private List<URI> addresses() {
        return List.of(
                rehearsed.api("/v1/rooms"),
                rehearsed.api("/v1/rooms/retail-media"),
                rehearsed.api("/v1/rooms/retail-media/policies/2"),
                rehearsed.api("/v1/rooms/retail-media/datasets"),
                rehearsed.api("/v1/runs"),
                rehearsed.api("/v1/runs/" + run),
                rehearsed.api("/v1/runs/" + run + "/result"),
                rehearsed.api("/v1/runs/" + run + "/receipt"),
                rehearsed.api("/v1/log/entries?from=0&to=100"),
                rehearsed.api("/q/metrics"));
    }

    private List<Database> databases() throws Exception {
        List<Database> databases = new ArrayList<>();
        for (var domain : List.of(
                rehearsed.room().operator().domain(),
                rehearsed.room().party(RETAILER).domain(),
                rehearsed.room().party(PUBLISHER).domain())) {
            databases.add(domain.cluster().database("parley"));
        }
        return databases;
    }

    /** Every row of every table as text: what a file of the cluster may hold compressed. */
    private static byte[] contents(Connection connection) throws SQLException {
        var all = new StringBuilder();
        try (var tables = connection.getMetaData().getTables(null, "public", "%", new String[] {"TABLE"})) {
            while (tables.next()) {
                var table = tables.getString("TABLE_NAME");
                try (var statement = connection.createStatement();
                        var rows = statement.executeQuery("SELECT t::text FROM \"" + table + "\" t")) {
                    while (rows.next()) {
                        all.append(rows.getString(1)).append('\n');
                    }
                }
            }
        }
        return all.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** A party's plaintext before it is sealed is its own; the test's files stand outside of the state. */
    private boolean isAPartysOwn(Path file) {
        return file.startsWith(state.resolve(RETAILER).resolve("files"))
                || file.startsWith(state.resolve(PUBLISHER).resolve("files"));
    }

    private void plantAndFind(Path folder) throws Exception {
        var planted = folder.resolve("planted");
        Files.writeString(planted, "before " + PERSON.text() + " after");
        try {
            assertThat(scanner.scan(folder, file -> false)).hasSize(1);
        } finally {
            Files.delete(planted);
        }
    }

    private static Set<Path> temporaryFiles() throws Exception {
        try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return Set.copyOf(files.toList());
        }
    }
}
