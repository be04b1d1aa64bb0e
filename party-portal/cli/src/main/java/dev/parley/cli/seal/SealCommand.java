package dev.parley.cli.seal;

import dev.parley.cli.console.CliCode;
import dev.parley.cli.console.Failure;
import dev.parley.cli.console.PassphraseOptions;
import dev.parley.cli.console.Terminal;
import dev.parley.cli.key.KeyFolderOption;
import dev.parley.cli.key.KeyName;
import dev.parley.cli.key.KeyStore;
import dev.parley.cli.policy.RoomSource;
import dev.parley.cli.profile.Home;
import dev.parley.policy.authoring.normalisation.InputForm;
import dev.parley.policy.bundle.Dataset;
import dev.parley.policy.bundle.PolicyBundle;
import dev.parley.protocol.attestation.TrustDomain;
import dev.parley.protocol.crypto.SigningKey;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.room.DatasetId;
import dev.parley.protocol.room.KeyUse;
import dev.parley.protocol.sealing.DatasetManifest;
import dev.parley.protocol.sealing.SealedVersion;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code parley seal}. */
@Command(
        name = "seal",
        description = {
            "Seal a CSV file as one version of a dataset: NAME.parley, NAME.manifest.jws, NAME.key.json.",
            "Identifiers are normalised and hashed, everything is encrypted under a fresh key that only your own key",
            "broker can open. Columns of the file that the policy does not name are left out. An empty cell is a missing",
            "value. A file that cannot be read exactly is refused with line, column and code; nothing is left half-written."
        },
        footer = {
            "",
            "Example:",
            "  parley seal --room retail-media --dataset customers --map email=E-Mail customers.csv"
        })
public final class SealCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "CSV", description = "The file: UTF-8, RFC 4180, with a header.")
    private Path csv = Path.of("");

    @Option(
            names = "--room",
            required = true,
            paramLabel = "ROOM",
            description = "A room folder, a bundle file, or the id of an approved room.")
    private String room = "";

    @Option(names = "--dataset", required = true, paramLabel = "ID", description = "The dataset of the policy.")
    private String dataset = "";

    @Option(names = "--version", paramLabel = "N", description = "The dataset's version (default: ${DEFAULT-VALUE}).")
    private int version = 1;

    @Option(
            names = "--map",
            paramLabel = "COLUMN=HEADER",
            description = "A column of the policy has another name in the file; may be repeated.")
    private Map<String, String> names = new LinkedHashMap<>();

    @Option(
            names = "--hashed",
            paramLabel = "COLUMN=FORM",
            description = "An identity column holds unsalted SHA-256 of the normal form: sha256-hex or sha256-base64.")
    private Map<String, String> forms = new LinkedHashMap<>();

    @Option(names = "--separator", paramLabel = "C", description = "comma, semicolon or tab (default: comma).")
    private String separator = "comma";

    @Option(names = "--skip-unusable", description = "Leave rows without a usable identifier out, and count them.")
    private boolean skipUnusable;

    @Option(names = "--out", paramLabel = "DIR", description = "Where the files go (default: here).")
    private Path out = Path.of("");

    @Option(names = "--name", paramLabel = "NAME", description = "Their name (default: DATASET-vN).")
    private Optional<String> name = Optional.empty();

    @Option(names = "--replace", description = "Overwrite files of that name.")
    private boolean replace;

    @Mixin
    private final KeyFolderOption keys = new KeyFolderOption();

    @Mixin
    private final PassphraseOptions passphrases = new PassphraseOptions();

    public SealCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure {
        var home = Home.of(terminal);
        var bundle = RoomSource.read(room, terminal);
        var described = described(bundle);
        var sealed = new SealedVersion(bundle.room(), described.id(), version(), described.owner());
        var files = SealedFiles.in(out.toAbsolutePath().normalize(), name.orElse(dataset + "-v" + version));
        if (!replace) {
            files.requireAbsent();
        }
        var store = keys.store(home);
        var wrapKey = store.sealingKey(KeyName.BROKER_WRAP);
        var steward = steward(bundle, described, store);
        var domain = bundle.referenceValues().trustDomain();
        var request = new SealRequest(
                csv, separator(), new Mapping(described, names, inputForms()), skipUnusable, sealed, files);
        var result = new Seal(request, terminal)
                .run(
                        wrapKey,
                        (schema, ciphertext) -> new DatasetManifest(
                                        sealed, described.lineage(), domain, schema, ciphertext, now())
                                .sign(steward));
        report(result, sealed, domain, files);
        return 0;
    }

    private java.time.Instant now() {
        return terminal.now().truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
    }

    private void report(Seal.Result result, SealedVersion sealed, TrustDomain domain, SealedFiles files) {
        var document = Json.object()
                .put("room", sealed.room().value())
                .put("dataset", sealed.dataset().value())
                .put("version", sealed.version())
                .put("trustDomain", domain.text())
                .put("rows", result.rows())
                .put("skipped", result.skipped())
                .put("ciphertextLength", Long.toString(result.ciphertextLength()))
                .put("sealed", files.sealed().toString())
                .put("manifest", files.manifest().toString())
                .put("key", files.key().toString())
                .build();
        terminal.result(
                document,
                result.rows() + " rows sealed in " + files.sealed()
                        + (result.skipped() > 0
                                ? "\n" + result.skipped() + " rows without a usable identifier were left out"
                                : "")
                        + (domain == TrustDomain.SIMULATED ? "\nfor SIMULATED enclaves only" : ""));
    }

    private int version() throws Failure {
        if (version < 1) {
            throw Failure.of(CliCode.USAGE, "--version counts from 1");
        }
        return version;
    }

    private Dataset described(PolicyBundle bundle) throws Failure {
        try {
            return bundle.dataset(DatasetId.parse(dataset))
                    .orElseThrow(
                            () -> Failure.of(CliCode.DATASET_NOT_IN_POLICY, "the policy has no dataset " + dataset));
        } catch (Malformed e) {
            throw Failure.of(CliCode.USAGE, "--dataset: " + e.getMessage());
        }
    }

    /** The steward's key, once the policy names it: a manifest under another key would be refused by everybody. */
    private SigningKey steward(PolicyBundle bundle, Dataset described, KeyStore store) throws Failure {
        var thumbprint = store.verificationKey(KeyName.STEWARD).thumbprint();
        var listed = bundle.party(described.owner()).flatMap(owner -> owner.key(KeyUse.STEWARD, thumbprint));
        if (listed.isEmpty()) {
            throw Failure.of(
                    CliCode.KEY_NOT_IN_POLICY,
                    "the policy does not name this steward key as one of " + described.owner());
        }
        var passphrase = passphrases.read(terminal);
        try {
            return store.signingKey(KeyName.STEWARD, passphrase);
        } finally {
            Arrays.fill(passphrase, '\0');
        }
    }

    private Map<String, InputForm> inputForms() throws Failure {
        var parsed = new LinkedHashMap<String, InputForm>();
        for (var form : forms.entrySet()) {
            parsed.put(
                    form.getKey(),
                    switch (form.getValue()) {
                        case "sha256-hex" -> InputForm.SHA256_HEX;
                        case "sha256-base64" -> InputForm.SHA256_BASE64;
                        default -> throw Failure.of(CliCode.USAGE, "--hashed takes sha256-hex or sha256-base64");
                    });
        }
        return parsed;
    }

    private byte separator() throws Failure {
        return switch (separator) {
            case "comma", "," -> ',';
            case "semicolon", ";" -> ';';
            case "tab", "\t" -> '\t';
            default -> throw Failure.of(CliCode.USAGE, "--separator is comma, semicolon or tab");
        };
    }
}
