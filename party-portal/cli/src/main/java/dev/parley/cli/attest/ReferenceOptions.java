package dev.parley.cli.attest;

import dev.parley.cli.console.CliCode;
import dev.parley.cli.console.Failure;
import dev.parley.cli.console.OwnFiles;
import dev.parley.cli.policy.RoomSource;
import dev.parley.policy.bundle.PolicyBundle;
import dev.parley.protocol.attestation.Attested;
import dev.parley.protocol.attestation.Measurement;
import dev.parley.protocol.attestation.ParentRole;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.receipt.Receipt;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What a person expects the registers to hold. */
public final class ReferenceOptions {
    private static final int LIMIT = 1 << 20;
    private static final String NO_ROLE = "none";

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            description = "Compare PCR3 with this role of the parent, or with \"none\".")
    private Optional<String> role = Optional.empty();

    @Option(names = "--policy-digest", paramLabel = "HEX", description = "Compare PCR16 with this policy digest.")
    private Optional<String> policyDigest = Optional.empty();

    @Option(names = "--query-digest", paramLabel = "HEX", description = "Compare PCR17 with this query digest.")
    private Optional<String> queryDigest = Optional.empty();

    @Option(
            names = "--measurements",
            paramLabel = "FILE",
            description = "Compare PCR0, PCR1 and PCR2 (and PCR8) with the measurements file of an image or a room.")
    private Optional<Path> measurements = Optional.empty();

    @Option(
            names = "--bundle",
            paramLabel = "FILE",
            description = "Compare measurement, root and PCR16 with a policy bundle.")
    private Optional<Path> bundle = Optional.empty();

    @Option(
            names = "--receipt",
            paramLabel = "FILE",
            description = "Compare user data, measurement, PCR3, PCR16 and PCR17 with a receipt.")
    private Optional<Path> receipt = Optional.empty();

    /** One measurement of a file, with the signer where the file names one. */
    private record Reference(Measurement measurement, Optional<Sha384Digest> signer) {
        static Reference read(Fields fields) throws Malformed {
            return new Reference(
                    Measurement.read(fields),
                    fields.has("pcr8") ? fields.optionalText("pcr8", Sha384Digest::parse) : Optional.empty());
        }
    }

    /** All comparisons that were asked for; wrong references fail even where there is nothing to compare. */
    List<Comparison> compare(Optional<? extends Attested> genuine) throws Failure {
        var parts = new ArrayList<Part>();
        if (role.isPresent()) {
            var expected = role.get().equals(NO_ROLE) ? Optional.<ParentRole>empty() : Optional.of(role(role.get()));
            parts.add(evidence -> List.of(Comparison.role(evidence, expected)));
        }
        if (measurements.isPresent()) {
            var references = references(measurements.get());
            parts.add(evidence -> images(evidence, references, String.valueOf(measurements.get())));
        }
        if (policyDigest.isPresent()) {
            var digest = digest("--policy-digest", policyDigest.get());
            parts.add(evidence -> List.of(Comparison.policy(evidence, digest)));
        }
        if (queryDigest.isPresent()) {
            var digest = digest("--query-digest", queryDigest.get());
            parts.add(evidence -> List.of(Comparison.query(evidence, digest)));
        }
        if (bundle.isPresent()) {
            var policy = RoomSource.bundle(bundle.get());
            parts.add(evidence -> policy(evidence, policy));
        }
        if (receipt.isPresent()) {
            var stated = receipt(receipt.get());
            parts.add(evidence -> receipt(evidence, stated));
        }
        return genuine.map(evidence -> parts.stream()
                        .flatMap(part -> part.of(evidence).stream())
                        .toList())
                .orElse(List.of());
    }

    /** One of the comparisons, once there is genuine evidence. */
    private interface Part {
        List<Comparison> of(Attested evidence);
    }

    private static List<Comparison> images(Attested evidence, List<Reference> references, String file) {
        var comparisons = new ArrayList<Comparison>();
        var accepted = references.stream().map(Reference::measurement).toList();
        comparisons.add(Comparison.measurement(evidence, accepted, file));
        references.stream()
                .filter(reference -> reference.measurement().equals(evidence.measurement()))
                .flatMap(reference -> reference.signer().stream())
                .forEach(signer -> comparisons.add(Comparison.signer(evidence, signer)));
        return comparisons;
    }

    private static List<Comparison> policy(Attested evidence, PolicyBundle policy) {
        var values = policy.referenceValues();
        var accepted = values.measurements().stream()
                .filter(value -> evidence.timestamp().isBefore(value.expires()))
                .map(value -> new Measurement(value.pcr0(), value.pcr1(), value.pcr2()))
                .toList();
        return List.of(
                new Comparison(
                        "root",
                        "the root of the policy's reference values, "
                                + values.trustDomain().text(),
                        evidence.trustDomain() == values.trustDomain()
                                && evidence.rootFingerprint().equals(values.rootFingerprint()),
                        "The policy believes this root."),
                Comparison.measurement(evidence, accepted, "the policy, unexpired at the document's time"),
                Comparison.policy(evidence, policy.digest().digest()));
    }

    private static List<Comparison> receipt(Attested evidence, Receipt receipt) {
        var run = receipt.subject().run();
        return List.of(
                new Comparison(
                        "user data",
                        "the digest of the receipt",
                        evidence.userData().equals(Optional.of(receipt.binding().bytes())),
                        "The enclave stated this receipt, byte for byte."),
                Comparison.measurement(evidence, List.of(receipt.measurement()), "the receipt"),
                Comparison.role(evidence, receipt.role()),
                Comparison.policy(evidence, run.policy().digest()),
                Comparison.query(evidence, run.query().digest()));
    }

    private static Receipt receipt(Path file) throws Failure {
        try {
            return Receipt.parse(OwnFiles.read(file, LIMIT));
        } catch (Malformed e) {
            throw Failure.of(CliCode.INPUT_MALFORMED, file + ": " + e.getMessage());
        }
    }

    private static ParentRole role(String text) throws Failure {
        try {
            return ParentRole.parse(text);
        } catch (Malformed e) {
            throw Failure.of(CliCode.USAGE, "--role: " + e.getMessage());
        }
    }

    private static Sha384Digest digest(String option, String hex) throws Failure {
        try {
            return Sha384Digest.parse(hex);
        } catch (Malformed e) {
            throw Failure.of(CliCode.USAGE, option + ": " + e.getMessage());
        }
    }

    /** An image's file has one measurement, a room's a list of them. */
    private static List<Reference> references(Path file) throws Failure {
        try {
            var fields = Json.parse(OwnFiles.read(file, LIMIT)).asObject().fields();
            return fields.has("measurements")
                    ? fields.objects("measurements", ReferenceOptions::listed)
                    : List.of(Reference.read(fields));
        } catch (Malformed e) {
            throw Failure.of(CliCode.INPUT_MALFORMED, file + ": " + e.getMessage());
        }
    }

    private static Reference listed(Fields fields) throws Malformed {
        var reference = Reference.read(fields);
        if (fields.has("expires")) {
            fields.instant("expires");
        }
        return reference;
    }
}
