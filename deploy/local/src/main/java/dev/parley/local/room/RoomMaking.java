package dev.parley.local.room;

import dev.parley.local.console.Steps;
import dev.parley.protocol.crypto.VerificationKey;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.wire.LogKeyView;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;

/** Makes a room from nothing: every party acts by its own commands, with its own keys. */
final class RoomMaking {
    private static final List<String> ROLES = List.of("compliance", "legal");
    private static final int CONFIRMED_CHARACTERS = 8;

    private final LocalRoom room;
    private final Steps steps;
    private final RoomFiles files;

    RoomMaking(LocalRoom room, Steps steps) throws IOException {
        this.room = room;
        this.steps = steps;
        files = RoomFiles.copy(room.site().checkout().built("policies/rooms/retail-media"), room.folder());
    }

    /** Each party makes its keys; public halves, addresses and measurements go into the working copy of the room. */
    void keysAndFiles() throws Exception {
        eachParty("keys made and locked", this::makeKeys);
        steps.step("policy files: keys, brokers, log, measured image filled in", () -> {
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

    /** Each party logs in and approves the policy; then each seals its file and uploads the ciphertext. */
    void approveSealAndUpload() throws Exception {
        eachParty("logged in, policy approved by compliance and legal", this::approve);
        eachParty("data sealed and uploaded", this::sealAndUpload);
    }

    /** What a party does, by its own commands. */
    private interface Act {
        void by(PartySide party) throws Exception;
    }

    private void eachParty(String title, Act act) throws Exception {
        var acting = room.parties().stream()
                .map(party -> Background.start(() -> steps.step(party.name() + ": " + title, () -> {
                    act.by(party);
                    return party;
                })))
                .toList();
        for (var each : acting) {
            each.await();
        }
    }

    private void makeKeys(PartySide party) throws Exception {
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
        var roles = List.of("--role", ROLES.getFirst(), "--role", ROLES.getLast());
        cli.unlocking("key", "new", "--all", roles.get(0), roles.get(1), roles.get(2), roles.get(3));
        cli.must("key", "export", "--to", files.keys().toString());
    }

    private void approve(PartySide party) throws Exception {
        var logins = room.logins();
        var secrets = party.domain().folder().folder("cli");
        var operatorSecret = logins.realm(Domain.OPERATOR).clientSecret(party.name() + "-job");
        var portalSecret = logins.realm(party.name()).clientSecret("parley-job");
        party.cli()
                .must(
                        "login",
                        "--client-credentials",
                        "--operator-client",
                        party.name() + "-job",
                        "--operator-secret-file",
                        secrets.writePrivate("operator.secret", operatorSecret.reveal())
                                .toString(),
                        "--portal-client",
                        "parley-job",
                        "--portal-secret-file",
                        secrets.writePrivate("portal.secret", portalSecret.reveal())
                                .toString());
        for (var role : ROLES) {
            party.cli()
                    .unlocking(
                            "policy",
                            "approve",
                            files.path().toString(),
                            "--role",
                            role,
                            "--confirm",
                            confirmation(party));
        }
    }

    /**
     * What people do on the telephone: the start of the other party's root key, taken from that party itself and not from
     * the policy files that are being approved.
     */
    private String confirmation(PartySide party) throws IOException, Malformed {
        var other = room.parties().stream()
                .filter(each -> !each.name().equals(party.name()))
                .findFirst()
                .orElseThrow();
        var root = Files.readAllBytes(PartyKeys.folder(other.domain()).file("root.jwk"));
        var key = VerificationKey.read(
                Json.parse(Bytes.takeOwnershipOf(root)).asObject().fields());
        return other.name() + "=" + key.thumbprint().print().substring(0, CONFIRMED_CHARACTERS);
    }

    private void sealAndUpload(PartySide party) throws Exception {
        var csv = party.name().equals(LocalRoom.RETAILER)
                ? room.inputs().customers()
                : room.inputs().exposures();
        var dataset = csv.getFileName().toString().replace(".csv", "");
        var folder = party.domain().folder().folder("files").path().toString();
        party.cli()
                .unlocking(
                        "seal",
                        "--room",
                        LocalRoom.ROOM,
                        "--dataset",
                        dataset,
                        "--out",
                        folder,
                        "--replace",
                        csv.toString());
        party.cli().must("upload", folder + "/" + dataset + "-v1.parley");
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
