package dev.parley.enclave.scene;

import dev.parley.policy.bundle.Dataset;
import dev.parley.policy.sample.SampleTemplates;
import dev.parley.protocol.attestation.TrustDomain;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.room.RoomId;
import dev.parley.protocol.sealing.ColumnType;
import dev.parley.protocol.sealing.DatasetKey;
import dev.parley.protocol.sealing.DatasetManifest;
import dev.parley.protocol.sealing.Schema;
import dev.parley.protocol.sealing.SealedVersion;
import dev.parley.protocol.sealing.column.Row;
import dev.parley.protocol.sealing.file.SealedDatasetWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;

/** One of the sample's datasets, sealed. */
public final class SealedPeople {
    private final DatasetManifest manifest;
    private final byte[] key;
    private final byte[] ciphertext;

    private SealedPeople(DatasetManifest manifest, byte[] key, byte[] ciphertext) {
        this.manifest = manifest;
        this.key = key;
        this.ciphertext = ciphertext;
    }

    /** @param random gives the salt: the same salt and key give another ciphertext that opens as well as the first */
    static SealedPeople seal(Dataset dataset, RoomId room, List<Person> people, byte[] key, SecureRandom random) {
        var schema = new Schema(dataset.columns().stream()
                .map(column -> new Schema.Column(
                        column.name().value(), type(column.type().text())))
                .toList());
        var version = new SealedVersion(room, dataset.id(), 1, dataset.owner());
        var file = new ByteArrayOutputStream();
        try (var datasetKey = DatasetKey.takeOwnershipOf(key.clone());
                var writer =
                        SealedDatasetWriter.create(Channels.newChannel(file), version, schema, datasetKey, random)) {
            for (var person : people) {
                write(writer.row(), dataset, person);
                writer.endRow();
            }
            var sealed = writer.finish();
            var manifest = new DatasetManifest(
                    version, dataset.lineage(), TrustDomain.SIMULATED, schema, sealed, Scene.NOW.minusSeconds(60));
            var bytes = file.toByteArray();
            return new SealedPeople(
                    manifest, key, Arrays.copyOfRange(bytes, (int) (bytes.length - sealed.length()), bytes.length));
        } catch (IOException | Malformed e) {
            throw new AssertionError(e);
        }
    }

    public DatasetManifest manifest() {
        return manifest;
    }

    /** Not a copy. */
    public byte[] key() {
        return key;
    }

    /** What lies in the operator's store; not a copy. */
    public byte[] ciphertext() {
        return ciphertext;
    }

    private static void write(Row row, Dataset dataset, Person person) throws Malformed {
        row.identity(0, person.identity().toArray(), 0);
        if (dataset.id().equals(SampleTemplates.CUSTOMERS)) {
            row.text(1, person.segment())
                    .text(2, "north")
                    .number(3, person.cents())
                    .text(4, Scene.CANARY);
        } else {
            row.text(1, person.campaign()).number(2, 3);
        }
    }

    private static ColumnType type(String text) {
        return switch (text) {
            case "identity" -> new ColumnType.Identity();
            case "text" -> new ColumnType.Text();
            case "whole" -> new ColumnType.Whole();
            default -> new ColumnType.Decimal(2);
        };
    }
}
