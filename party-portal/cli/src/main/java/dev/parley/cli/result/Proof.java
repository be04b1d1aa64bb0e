package dev.parley.cli.result;

import static java.util.Objects.requireNonNull;

import dev.parley.cli.console.CliCode;
import dev.parley.cli.console.Failure;
import dev.parley.cli.console.OwnFiles;
import dev.parley.cli.policy.RoomSource;
import dev.parley.policy.bundle.PolicyBundle;
import dev.parley.protocol.attestation.Evidence;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Everything that proves one result, as files or as the operator served it.
 *
 * @param sealed the sealed result, where it is there
 */
record Proof(PolicyBundle bundle, Jws runRequest, Bytes receipt, Evidence evidence, Optional<Bytes> sealed) {
    private static final int LIMIT = 16 << 20;

    Proof {
        requireNonNull(bundle);
        requireNonNull(runRequest);
        requireNonNull(receipt);
        requireNonNull(evidence);
        requireNonNull(sealed);
    }

    /** The names of the files in a folder that {@link #save} wrote. */
    record Names(Path bundle, Path runRequest, Path receipt, Path evidence, Path sealed) {
        static Names in(Path folder) {
            return new Names(
                    folder.resolve("bundle.json"),
                    folder.resolve("run-request.jws"),
                    folder.resolve("receipt.json"),
                    folder.resolve("evidence.cbor"),
                    folder.resolve("result.sealed"));
        }
    }

    static Proof read(Names names) throws Failure {
        var sealed = Files.isRegularFile(names.sealed())
                ? Optional.of(OwnFiles.read(names.sealed(), LIMIT))
                : Optional.<Bytes>empty();
        return new Proof(
                RoomSource.bundle(names.bundle()),
                statement(names.runRequest()),
                OwnFiles.read(names.receipt(), LIMIT),
                new Evidence(OwnFiles.read(names.evidence(), LIMIT)),
                sealed);
    }

    void save(Path folder) throws Failure {
        var names = Names.in(folder);
        OwnFiles.write(names.bundle(), bundle.canonical());
        OwnFiles.write(names.runRequest(), Bytes.utf8(runRequest.compact() + "\n"));
        OwnFiles.write(names.receipt(), receipt);
        OwnFiles.write(names.evidence(), evidence.document());
        if (sealed.isPresent()) {
            OwnFiles.write(names.sealed(), sealed.get());
        }
    }

    private static Jws statement(Path file) throws Failure {
        try {
            return Jws.parse(new String(OwnFiles.read(file, LIMIT).toArray(), StandardCharsets.US_ASCII).strip());
        } catch (Malformed e) {
            throw Failure.of(CliCode.INPUT_MALFORMED, file + ": " + e.getMessage());
        }
    }
}
