package dev.parley.rehearsal.room;

import dev.parley.local.console.Steps;
import dev.parley.local.process.Tool;
import dev.parley.local.room.LocalRoom;
import dev.parley.local.room.Site;
import dev.parley.local.state.Checkout;
import dev.parley.local.state.StateFolder;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.wire.BudgetView;
import dev.parley.protocol.wire.Message;
import dev.parley.protocol.wire.RunPage;
import dev.parley.protocol.wire.RunView;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A running room and what its people do in it by their own commands. */
final class Rehearsed implements AutoCloseable {
    static final int ROWS = 2_000;

    private final LocalRoom room;
    private final HttpClient http = HttpClient.newHttpClient();

    private Rehearsed(LocalRoom room) {
        this.room = room;
    }

    static Rehearsed start(Path state) throws Exception {
        var site = Site.of(Checkout.find(), StateFolder.open(state));
        return new Rehearsed(LocalRoom.start(site, ROWS, 7, Steps.silent()));
    }

    LocalRoom room() {
        return room;
    }

    /** Asks and waits; gives the run's id. */
    String run(String party, String template, String... parameters) throws Exception {
        var ended = tryToRun(party, template, parameters);
        if (ended.exitCode() != 0) {
            throw new IllegalStateException("run of " + template + ": " + ended.printed() + ended.complaints());
        }
        return json(ended.printed()).fields().string("run");
    }

    /** Asks, whatever comes of it. */
    Tool.Ended tryToRun(String party, String template, String... parameters) throws Exception {
        return room.party(party).cli().tryUnlocking(words(template, parameters).toArray(String[]::new));
    }

    private static List<String> words(String template, String... parameters) {
        List<String> words = new ArrayList<>(List.of("run", template, "--room", LocalRoom.ROOM, "--wait", "--json"));
        for (var parameter : parameters) {
            words.addAll(List.of("--param", parameter));
        }
        return words;
    }

    /** Asks and does not wait. */
    void ask(String party, String template, String... parameters) throws Exception {
        var words = words(template, parameters);
        words.remove("--wait");
        room.party(party).cli().unlocking(words.toArray(String[]::new));
    }

    /** The opened result, in canonical form. */
    Bytes result(String party, String run) throws Exception {
        var opened = room.party(party).cli().unlocking("result", run, "--json");
        return json(opened).fields().value("result").canonical();
    }

    /** Whether what {@code result --save} keeps verifies offline. */
    Tool.Ended verify(String party, String run, Path folder) throws Exception {
        var cli = room.party(party).cli();
        cli.unlocking("result", run, "--save", folder.toString());
        return cli.run("verify", folder.toString());
    }

    /** The level of isolation that the platform said it has. */
    String isolation() throws IOException {
        var said = room.operator().nitro().announcement().getFirst();
        return said.substring(said.lastIndexOf(' ') + 1);
    }

    BudgetView budget(String party) throws Exception {
        return get(portal(party, "/v1/budget"), portalToken(party), BudgetView::read);
    }

    /** What all charges of a party's lineages come to, in micro-ε. */
    long spent(String party) throws Exception {
        return budget(party).lineages().stream()
                .mapToLong(BudgetView.Lineage::spentMicroEpsilon)
                .sum();
    }

    /** How often keys were released to enclaves, charged or not. */
    long releases(String party) throws Exception {
        return budget(party).lineages().stream()
                .flatMap(lineage -> lineage.charges().stream())
                .mapToLong(BudgetView.Charge::releases)
                .sum();
    }

    RunView view(String run) throws Exception {
        return get(api("/v1/runs/" + run), operatorToken(LocalRoom.PUBLISHER), RunView::read);
    }

    /** The newest runs that a party may see. */
    List<RunView> runs(String party) throws Exception {
        return get(api("/v1/runs"), operatorToken(party), RunPage::read).runs();
    }

    URI api(String path) {
        return room.operator().api().address().resolve(path);
    }

    URI portal(String party, String path) {
        return room.party(party).portal().address().resolve(path);
    }

    String operatorToken(String party) throws Exception {
        return room.logins().login("operator", party + "-job").accessToken();
    }

    String portalToken(String party) throws Exception {
        return room.logins().login(party, "parley-job").accessToken();
    }

    byte[] body(URI address, String token) throws Exception {
        var request = HttpRequest.newBuilder(address)
                .header("Authorization", "Bearer " + token)
                .build();
        return http.send(request, BodyHandlers.ofByteArray()).body();
    }

    private <T> T get(URI address, String token, Fields.Reader<T> reader) throws Exception {
        return Message.parse(Bytes.takeOwnershipOf(body(address, token)), reader);
    }

    static Json.Obj json(String text) throws Malformed {
        return Json.parse(Bytes.utf8(text)).asObject();
    }

    @Override
    public void close() {
        http.close();
        room.close();
    }
}
