package dev.parley.cli.seal;

import dev.parley.cli.console.Failure;
import dev.parley.cli.console.GlobalOptions;
import dev.parley.cli.console.Surroundings;
import dev.parley.cli.console.Terminal;
import dev.parley.cli.testing.Workshop;
import dev.parley.policy.bundle.Bounds;
import dev.parley.policy.bundle.Column;
import dev.parley.policy.bundle.ColumnRole;
import dev.parley.policy.bundle.ColumnType;
import dev.parley.policy.bundle.Dataset;
import dev.parley.policy.bundle.Domain;
import dev.parley.policy.plan.ColumnName;
import dev.parley.protocol.attestation.TrustDomain;
import dev.parley.protocol.crypto.OpeningKey;
import dev.parley.protocol.crypto.SigningKey;
import dev.parley.protocol.room.DatasetId;
import dev.parley.protocol.room.LineageId;
import dev.parley.protocol.room.PartyId;
import dev.parley.protocol.room.RoomId;
import dev.parley.protocol.sealing.DatasetManifest;
import dev.parley.protocol.sealing.SealedVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Seals files as the command does once keys are unlocked, which takes longer than all the rest. */
final class SealBench {
    private static final Dataset CUSTOMERS = new Dataset(
            new DatasetId("customers"),
            new PartyId("retailer"),
            new LineageId("shoppers"),
            new ColumnName("email"),
            List.of(
                    new Column(
                            new ColumnName("email"),
                            ColumnRole.IDENTITY,
                            new ColumnType.Identity(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.of("email")),
                    text("segment", "bargain", "family", "loyal"),
                    text("region", "north", "south"),
                    new Column(
                            new ColumnName("spend"),
                            ColumnRole.MEASURE,
                            new ColumnType.Decimal(2),
                            Optional.empty(),
                            Optional.of(new Bounds(BigDecimal.ZERO, BigDecimal.TEN)),
                            Optional.empty())));

    private final Path folder;
    private final SigningKey steward = SigningKey.generate(new SecureRandom());
    private final OpeningKey broker = OpeningKey.generate(new SecureRandom());

    SealBench(Path folder) {
        this.folder = folder;
    }

    Path out() {
        return folder.resolve("out");
    }

    /** Why the file was not sealed; empty if it was. */
    Optional<Failure> seal(byte[] csv) {
        try {
            Files.createDirectories(out());
            var file = Files.write(folder.resolve("customers.csv"), csv);
            var sealed = new SealedVersion(new RoomId("retail-media"), CUSTOMERS.id(), 1, CUSTOMERS.owner());
            var mapping = new Mapping(CUSTOMERS, Map.of(), Map.of());
            var request = new SealRequest(file, (byte) ',', mapping, false, sealed, SealedFiles.in(out(), "customers"));
            new Seal(request, terminal())
                    .run(
                            broker.sealingKey(),
                            (schema, ciphertext) -> new DatasetManifest(
                                            sealed,
                                            CUSTOMERS.lineage(),
                                            TrustDomain.SIMULATED,
                                            schema,
                                            ciphertext,
                                            Workshop.NOW)
                                    .sign(steward));
            return Optional.empty();
        } catch (Failure e) {
            return Optional.of(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Terminal terminal() {
        var nowhere = new PrintStream(OutputStream.nullOutputStream());
        var surroundings = new Surroundings(
                nowhere,
                nowhere,
                InputStream.nullInputStream(),
                Optional.empty(),
                Map.of(),
                Workshop.CLOCK,
                new SecureRandom());
        return new Terminal(surroundings, new GlobalOptions());
    }

    private static Column text(String name, String... domain) {
        return new Column(
                new ColumnName(name),
                ColumnRole.DIMENSION,
                new ColumnType.Text(),
                Optional.of(new Domain(List.of(domain))),
                Optional.empty(),
                Optional.empty());
    }
}
