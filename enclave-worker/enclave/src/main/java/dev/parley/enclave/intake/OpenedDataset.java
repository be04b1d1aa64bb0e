package dev.parley.enclave.intake;

import dev.parley.enclave.channel.Host;
import dev.parley.enclave.channel.HostError;
import dev.parley.enclave.engine.SealedTable;
import dev.parley.enclave.engine.TableBlock;
import dev.parley.enclave.engine.TableSource;
import dev.parley.enclave.engine.UnreadableBlock;
import dev.parley.enclave.intake.RunEnded.Code;
import dev.parley.policy.bundle.ColumnType;
import dev.parley.policy.plan.ColumnName;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.room.DatasetId;
import dev.parley.protocol.sealing.DatasetManifest;
import dev.parley.protocol.sealing.file.SealedDatasetReader;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A sealed dataset with its key: opens blocks as the engine asks for them, by several threads. */
public final class OpenedDataset implements TableSource, AutoCloseable {
    private final DatasetManifest manifest;
    private final CiphertextThroughDoor source;
    private final SealedDatasetReader reader;
    private final SealedTable table;

    private OpenedDataset(DatasetManifest manifest, CiphertextThroughDoor source, SealedDatasetReader reader) {
        this.manifest = manifest;
        this.source = source;
        this.reader = reader;
        this.table = new SealedTable(reader);
    }

    public static OpenedDataset open(Host host, DatasetManifest manifest, ReleasedKeys keys)
            throws RunEnded, HostError {
        var source = new CiphertextThroughDoor(host, manifest);
        try (var key = keys.keyOf(manifest)) {
            return new OpenedDataset(manifest, source, SealedDatasetReader.openCiphertext(source, manifest, key));
        } catch (Malformed | IOException e) {
            if (source.trouble().isPresent()) {
                throw source.trouble().get();
            }
            throw RunEnded.refused(Code.DATASET_DAMAGED);
        }
    }

    public DatasetId id() {
        return manifest.dataset();
    }

    @Override
    public Map<ColumnName, ColumnType> columns() {
        return table.columns();
    }

    @Override
    public int blocks() {
        return table.blocks();
    }

    @Override
    public long rows() {
        return table.rows();
    }

    @Override
    public TableBlock block(int index, List<ColumnName> wanted) throws UnreadableBlock {
        return table.block(index, wanted);
    }

    @Override
    public void verify() throws UnreadableBlock {
        table.verify();
    }

    /** What the host did, where that is why a block could not be read. */
    public Optional<HostError> trouble() {
        return source.trouble();
    }

    @Override
    public void close() {
        reader.close();
    }
}
