package dev.parley.protocol.attestation.vectors;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.attestation.AttestationVerifier;
import dev.parley.protocol.attestation.Evidence;
import dev.parley.protocol.attestation.Freshness;
import dev.parley.protocol.attestation.Reason;
import dev.parley.protocol.attestation.TrustRoot;
import dev.parley.protocol.attestation.TrustRoots;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One document and what a verifier must say of it.
 *
 * @param name of its folder
 * @param what in a few words
 * @param ownRoot another root than the one that all share
 * @param live how it is asked about; empty: archived, at the document's own time
 * @param reason why it is refused; empty: it is accepted
 */
record EvidenceVector(
        String name,
        String what,
        Evidence evidence,
        Optional<TrustRoot> ownRoot,
        Optional<Freshness> live,
        Optional<Reason> reason) {
    private static final String EVIDENCE = "evidence.cbor";
    private static final String ROOT = "root.der";
    private static final String EXPECTED = "expect.json";

    EvidenceVector {
        requireNonNull(what);
        requireNonNull(evidence);
        requireNonNull(ownRoot);
        requireNonNull(live);
        if (!name.matches(reason.isPresent() ? "[a-z0-9_]+_fail" : "ok_[a-z0-9_]+")) {
            throw new IllegalArgumentException(name);
        }
    }

    EvidenceVector under(TrustRoot root) {
        return new EvidenceVector(name, what, evidence, Optional.of(root), live, reason);
    }

    EvidenceVector asked(Freshness freshness) {
        return new EvidenceVector(name, what, evidence, ownRoot, Optional.of(freshness), reason);
    }

    /** Empty if it was accepted. */
    Optional<Reason> judge(TrustRoot shared) {
        var verifier = new AttestationVerifier(TrustRoots.of(ownRoot.orElse(shared)));
        return live.isPresent()
                ? verifier.verify(evidence, live.get()).refusal()
                : verifier.verifyArchived(evidence).refusal();
    }

    void write(Path folder) throws IOException {
        var own = Files.createDirectories(folder.resolve(name));
        Files.write(own.resolve(EVIDENCE), evidence.document().toArray());
        if (ownRoot.isPresent()) {
            Files.write(own.resolve(ROOT), ownRoot.get().der().toArray());
        }
        Files.writeString(own.resolve(EXPECTED), expected());
    }

    private String expected() {
        var lines = Json.object()
                .put("what", what)
                .put("root", ownRoot.isPresent() ? ROOT : "../" + ROOT)
                .put("at", live.map(fresh -> fresh.now().toString()).orElse("document"))
                .put("nonce", live.map(fresh -> fresh.nonce().hex()).orElse(null))
                .put(
                        "maxAge",
                        live.<Json>map(fresh -> Json.of(fresh.maxAge().toSeconds()))
                                .orElseGet(Json.Null::new))
                .put("verdict", reason.isPresent() ? "refused" : "accepted")
                .put("reason", reason.map(Enum::name).orElse(null))
                .build();
        return new String(lines.canonical().toArray(), java.nio.charset.StandardCharsets.UTF_8) + "\n";
    }

    static EvidenceVector read(Path folder) throws IOException, Malformed {
        var fields = Json.parse(bytes(folder.resolve(EXPECTED))).asObject().fields();
        var root = fields.string("root");
        var at = fields.string("at");
        var nonce = fields.optionalText("nonce", Bytes::parseHex);
        var maxAge = fields.value("maxAge");
        var reason = fields.optionalText("reason", Reason::valueOf);
        fields.require("verdict", reason.isPresent() ? "refused" : "accepted");
        var vector = new EvidenceVector(
                String.valueOf(folder.getFileName()),
                fields.string("what"),
                new Evidence(bytes(folder.resolve(EVIDENCE))),
                root.equals(ROOT) ? Optional.of(TrustRoot.parse(bytes(folder.resolve(ROOT)))) : Optional.empty(),
                maxAge instanceof Json.Int(var seconds)
                        ? Optional.of(
                                new Freshness(nonce.orElseThrow(), Instant.parse(at), Duration.ofSeconds(seconds)))
                        : Optional.empty(),
                reason);
        fields.end();
        return vector;
    }

    static Bytes bytes(Path file) throws IOException {
        return Bytes.takeOwnershipOf(Files.readAllBytes(file));
    }
}
