package dev.parley.cli.attest;

import dev.parley.cli.console.CliCode;
import dev.parley.cli.console.ExitCode;
import dev.parley.cli.console.Failure;
import dev.parley.cli.console.OwnFiles;
import dev.parley.cli.console.PassphraseOptions;
import dev.parley.cli.console.Terminal;
import dev.parley.cli.key.KeyFolderOption;
import dev.parley.cli.key.KeyName;
import dev.parley.cli.profile.Home;
import dev.parley.protocol.attestation.AttestationVerifier;
import dev.parley.protocol.attestation.Explanation;
import dev.parley.protocol.attestation.TrustDomain;
import dev.parley.protocol.attestation.eat.AttestationResult;
import dev.parley.protocol.attestation.eat.Issuance;
import dev.parley.protocol.crypto.SigningKey;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code parley attest token}. */
@Command(
        name = "token",
        description = {
            "Verify an attestation document and say so in a signed token (EAT as JWT, RFC 9711) that other programs read.",
            "It is worth as much as your word: whoever can look at the evidence itself should. No token for refused",
            "evidence: exit code 1."
        },
        footer = {
            "",
            "Example:",
            "  parley attest token evidence.cbor --at document --issuer https://retailer.example --key steward"
        })
public final class AttestToken implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final EvidenceOptions options = new EvidenceOptions();

    @Option(names = "--issuer", required = true, paramLabel = "NAME", description = "Who says it: a URI or a name.")
    private String issuer = "";

    @Option(names = "--key", required = true, paramLabel = "KEY", description = "Which of your keys signs it.")
    private String key = "";

    @Option(
            names = "--life",
            paramLabel = "SPAN",
            defaultValue = "1h",
            description = "How long it is valid: 30s, 5m, 2h, 1d (default: ${DEFAULT-VALUE}).")
    private String life = "1h";

    @Option(names = "--out", paramLabel = "FILE", description = "Write it there (default: print it).")
    private Optional<Path> out = Optional.empty();

    @Mixin
    private final KeyFolderOption keys = new KeyFolderOption();

    @Mixin
    private final PassphraseOptions passphrases = new PassphraseOptions();

    public AttestToken(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure {
        var issuance = issuance();
        var run = new AttestationVerifier(options.roots())
                .explain(options.evidence(), options.inspection(terminal), options.debugAllowed());
        if (run.refusal().isPresent()) {
            throw Failure.of(run.refusal().get().name(), ExitCode.REFUSED, "the evidence is refused, so no token");
        }
        warn(run);
        var token = AttestationResult.of(run, issuance).sign(signingKey()).compact();
        if (out.isPresent()) {
            OwnFiles.write(out.get(), Bytes.utf8(token + "\n"));
        }
        terminal.result(Json.object().put("token", token).build(), out.isPresent() ? "" : token);
        return ExitCode.DONE.number();
    }

    private void warn(Explanation run) {
        if (run.genuine().filter(e -> e.trustDomain() == TrustDomain.SIMULATED).isPresent()) {
            terminal.note("SIMULATED: the token says so");
        }
    }

    private Issuance issuance() throws Failure {
        var now = terminal.now().truncatedTo(ChronoUnit.SECONDS);
        try {
            return new Issuance(issuer, now, now.plus(EvidenceOptions.span(life)));
        } catch (IllegalArgumentException e) {
            throw Failure.of(CliCode.USAGE, "--issuer: " + e.getMessage());
        }
    }

    private SigningKey signingKey() throws Failure {
        var name = name();
        var store = keys.store(Home.of(terminal));
        var passphrase = passphrases.read(terminal);
        try {
            return store.signingKey(name, passphrase);
        } finally {
            Arrays.fill(passphrase, '\0');
        }
    }

    private KeyName name() throws Failure {
        try {
            var name = KeyName.parse(key);
            if (name.kind() == KeyName.Kind.SIGNS) {
                return name;
            }
        } catch (Malformed e) {
            throw Failure.of(CliCode.USAGE, "--key: " + e.getMessage());
        }
        throw Failure.of(CliCode.USAGE, "--key: " + key + " does not sign");
    }
}
