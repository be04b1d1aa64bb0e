package dev.parley.cli.attest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.cli.testing.Said;
import dev.parley.cli.testing.Workshop;
import dev.parley.protocol.attestation.eat.AttestationResult;
import dev.parley.protocol.attestation.testing.TestClaims;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.crypto.VerificationKey;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttestTokenTest {
    private static final Workshop WORKSHOP = Workshop.shared();

    @TempDir
    Path folder;

    @Test
    void vouchesForEvidenceThatItVerified() throws Exception {
        var file = evidence(TestClaims.at(Workshop.NOW));

        var said = token(file, "--issuer", "https://retailer.example", "--key", "steward", "--life", "5m")
                .succeeds();

        var result = AttestationResult.read(Jws.parse(said.text("token")), steward(), Workshop.NOW.plusSeconds(299));
        assertThat(result.issuance().issuer()).isEqualTo("https://retailer.example");
        assertThat(result.issuance().expires()).isEqualTo(Workshop.NOW.plusSeconds(300));
        assertThat(result.judgement().root())
                .isEqualTo(WORKSHOP.platform().root().fingerprint());
        assertThat(result.claims().moduleId()).isEqualTo(TestClaims.MODULE);
    }

    @Test
    void givesNoTokenForRefusedEvidence() throws Exception {
        var file = evidence(TestClaims.at(Workshop.NOW).debug());

        token(file, "--issuer", "me", "--key", "steward").failsWith(1, "DEBUG_MODE");
    }

    @Test
    void signsWithKeysThatSign() throws Exception {
        var file = evidence(TestClaims.at(Workshop.NOW));

        token(file, "--issuer", "me", "--key", "recipient").failsWith(2, "USAGE");
        token(file, "--issuer", "me", "--key", "nonsense").failsWith(2, "USAGE");
        token(file, "--issuer", "", "--key", "steward").failsWith(2, "USAGE");
        token(file, "--issuer", "me", "--key", "steward", "--life", "for ever").failsWith(2, "USAGE");
    }

    @Test
    void saysAtTheTerminalThatItIsSimulated() throws Exception {
        var file = evidence(TestClaims.at(Workshop.NOW));
        var out = folder.resolve("token.jwt");

        var said = WORKSHOP.desk("retailer", folder)
                .say(line(file, "--issuer", "me", "--key", "run", "--out", out.toString()))
                .succeeds();

        assertThat(said.err()).contains("SIMULATED");
        assertThat(said.out()).isEmpty();
        assertThat(Files.readString(out)).matches("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\n");
    }

    private Path evidence(TestClaims claims) throws IOException {
        return Files.write(
                folder.resolve("evidence.cbor"),
                WORKSHOP.platform().attest(claims.build()).document().toArray());
    }

    private Said token(Path file, String... options) {
        var line = new ArrayList<>(List.of(line(file, options)));
        line.add("--json");
        return WORKSHOP.desk("retailer", folder).say(line.toArray(String[]::new));
    }

    private static String[] line(Path file, String... options) {
        var line = new ArrayList<>(List.of("attest", "token", file.toString()));
        line.addAll(List.of("--root", WORKSHOP.root().toString()));
        line.addAll(List.of("--passphrase-file", WORKSHOP.passphrase("retailer").toString()));
        line.addAll(List.of(options));
        return line.toArray(String[]::new);
    }

    private static VerificationKey steward() throws Exception {
        var jwk = Files.readAllBytes(WORKSHOP.keys("retailer").resolve("steward.jwk"));
        return VerificationKey.read(Json.parse(Bytes.copyOf(jwk)).asObject().fields());
    }
}
