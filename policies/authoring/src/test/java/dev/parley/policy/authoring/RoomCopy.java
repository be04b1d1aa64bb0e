package dev.parley.policy.authoring;

import dev.parley.policy.bundle.AcceptedMeasurement;
import dev.parley.policy.bundle.PartyKey;
import dev.parley.policy.bundle.ReferenceValues;
import dev.parley.policy.sample.SampleParty;
import dev.parley.policy.sample.SampleRoom;
import dev.parley.policy.sql.SqlPlans;
import dev.parley.protocol.attestation.TrustDomain;
import dev.parley.protocol.crypto.Sha256Digest;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;

/** The example room in a folder of its own, with the keys and measurements that an installation adds. */
final class RoomCopy {
    static final Path EXAMPLE = Path.of("..", "rooms", "retail-media");
    static final SqlCompiler SQL = RoomCopy::compile;

    private final Path folder;

    private RoomCopy(Path folder) {
        this.folder = folder;
    }

    static RoomCopy in(Path folder, SampleRoom room) throws IOException {
        try (var files = Files.walk(EXAMPLE)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var copy = folder.resolve(EXAMPLE.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        var copy = new RoomCopy(folder);
        Files.createDirectories(folder.resolve("keys"));
        for (var party : room.parties()) {
            copy.writeKeys(party);
        }
        copy.write("keys/log.jwk", logKey().canonical());
        copy.write("measurements.json", measurements());
        return copy;
    }

    Path folder() {
        return folder;
    }

    Compilation compile() {
        return RoomFolder.compile(folder, SQL);
    }

    String text(String file) throws IOException {
        return Files.readString(folder.resolve(file));
    }

    void write(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }

    void write(String file, Bytes bytes) throws IOException {
        Files.write(folder.resolve(file), bytes.toArray());
    }

    static Json.Obj logKey() {
        return Json.object()
                .put("kty", "OKP")
                .put("crv", "Ed25519")
                .put("x", Bytes.copyOf(new byte[32]))
                .build();
    }

    private void writeKeys(SampleParty party) throws IOException {
        write(
                "keys/" + party.id() + "-root.jwk",
                party.root().verificationKey().jwk().canonical());
        for (var key : party.party().keys()) {
            writeKey("keys/" + party.id() + "-" + key.id(), key);
        }
    }

    private void writeKey(String name, PartyKey key) throws IOException {
        write(name + ".jwk", key.key().jwk().canonical());
        write(name + ".jws", key.endorsement().compact() + "\n");
    }

    private static Bytes measurements() {
        var pcr = Sha384Digest.of(Bytes.utf8("an image"));
        var values = new ReferenceValues(
                TrustDomain.SIMULATED,
                Sha256Digest.of(Bytes.utf8("a root")),
                List.of(new AcceptedMeasurement(pcr, pcr, pcr, Instant.parse("2027-01-01T00:00:00Z"))));
        var members = new LinkedHashMap<String, Json>();
        members.put("parley", Json.of("measurements/1"));
        members.putAll(values.json().members());
        return new Json.Obj(members).canonical();
    }

    private static SqlCompiler.Outcome compile(
            String sql,
            List<dev.parley.policy.bundle.Dataset> datasets,
            List<dev.parley.policy.bundle.Parameter> parameters) {
        return switch (SqlPlans.compile(sql, datasets, parameters)) {
            case dev.parley.policy.sql.Compilation.Planned(var plan) -> new SqlCompiler.Outcome.Planned(plan);
            case dev.parley.policy.sql.Compilation.Refused(var code, var at, var nearest) ->
                new SqlCompiler.Outcome.Refused(code.code(), at.line(), at.column(), nearest);
        };
    }
}
