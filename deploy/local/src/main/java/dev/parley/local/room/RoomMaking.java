package dev.parley.local.room;

import dev.parley.local.console.Steps;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.wire.LogKeyView;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;

/** Makes a room from nothing: every party acts by its own commands, with its own keys. */
final class RoomMaking {
    private static final List<String> ROLES = List.of("compliance", "legal");

    private final LocalRoom room;
    private final Steps steps;

    RoomMaking(LocalRoom room, Steps steps) {
        this.room = room;
        this.steps = steps;
    }

    /** Each party makes its keys; public halves, addresses and measurements go into the working copy of the room. */
    void keysAndPolicy() throws Exception {
        var files = RoomFiles.copy(
                room.site().checkout().built("policies/rooms/retail-media"),
                room.site().state().folder("room"));
        var making = room.parties().stream()
                .map(party ->
                        Background.start(() -> steps.step("keys of the " + party.name(), () -> makeKeys(party, files))))
                .toList();
        for (var each : making) {
            each.await();
        }
        steps.step("policy: names keys, brokers, log and the measured image", () -> {
            var brokers = new HashMap<String, URI>();
            room.parties()
                    .forEach(party -> brokers.put(party.name(), party.portal().address()));
            files.nameBrokers(brokers);
            files.nameLog(logKey());
            var nitro = room.operator().nitro();
            files.accept(RoomFiles.measured(nitro.measurements()), nitro.root(), Instant.now());
            return files;
        });
    }

    void sealAndUpload() throws Exception {}

    private PartySide makeKeys(PartySide party, RoomFiles files) throws Exception {
        var cli = party.cli();
        var logins = room.logins();
        cli.must(
                "profile",
                "set",
                "--party",
                party.name(),
                "--keys",
                PartyKeys.folder(party.domain()).path().toString(),
                "--operator-url",
                room.operator().api().address().toString(),
                "--operator-issuer",
                logins.issuer(Domain.OPERATOR).toString(),
                "--portal-url",
                party.portal().address().toString(),
                "--portal-issuer",
                logins.issuer(party.name()).toString(),
                "--root",
                room.operator().nitro().root().toString());
        var passphrase = PartyKeys.passphrase(party.domain()).toString();
        cli.must(
                "key",
                "new",
                "--all",
                "--role",
                ROLES.getFirst(),
                "--role",
                ROLES.getLast(),
                "--passphrase-file",
                passphrase);
        cli.must("key", "export", "--to", files.keys().toString());
        return party;
    }

    private LogKeyView logKey() throws IOException, InterruptedException, Malformed {
        var address = room.operator().api().address().resolve("/v1/log/key");
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IOException("the API does not tell its log's key: status " + answer.statusCode());
            }
            return LogKeyView.read(
                    Json.parse(Bytes.utf8(answer.body())).asObject().fields());
        }
    }
}
