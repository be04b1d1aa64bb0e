package dev.parley.enclave.intake;

import dev.parley.enclave.channel.Host;
import dev.parley.enclave.channel.HostError;
import dev.parley.enclave.engine.ColumnBlock;
import dev.parley.enclave.engine.TableBlock;
import dev.parley.enclave.engine.TableSource;
import dev.parley.enclave.engine.UnreadableBlock;
import dev.parley.policy.bundle.ColumnType;
import dev.parley.policy.plan.ColumnName;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.room.DatasetId;
import dev.parley.protocol.sealing.DatasetManifest;
import dev.parley.protocol.sealing.file.SealedDatasetReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A sealed dataset with its key: opens blocks as the engine asks for them, by several threads. */
public final class OpenedDataset implements TableSource, AutoCloseable {
    private final DatasetManifest manifest;
    private final SealedDatasetReader reader;
    private final Map<ColumnName, ColumnType> columns;
    private final ThreadLocal<SealedDatasetReader.BlockOpener> openers;

    private OpenedDataset(DatasetManifest manifest, SealedDatasetReader reader, Map<ColumnName, ColumnType> columns) {
        this.manifest = manifest;
        this.reader = reader;
        this.columns = columns;
        this.openers = ThreadLocal.withInitial(reader::opener);
    }

    public static OpenedDataset open(Host host, DatasetManifest manifest, ReleasedKeys keys)
            throws RunEnded, HostError {
        var source = new CiphertextThroughDoor(host, manifest);
        try (var key = keys.keyOf(manifest)) {
            return new OpenedDataset(
                    manifest, SealedDatasetReader.openCiphertext(source, manifest, key), columns(manifest));
        } catch (Malformed e) {
            throw RunEnded.refused("DATASET_DAMAGED");
        } catch (IOException e) {
            throw CiphertextThroughDoor.hostError(e);
        }
    }

    public DatasetId id() {
        return manifest.dataset();
    }

    @Override
    public Map<ColumnName, ColumnType> columns() {
        return columns;
    }

    @Override
    public int blocks() {
        return reader.blocks();
    }

    @Override
    public long rows() {
        return reader.rows();
    }

    @Override
    public TableBlock block(int index, List<ColumnName> wanted) throws UnreadableBlock {
        try {
            var block = openers.get().open(index);
            List<ColumnBlock> opened = new ArrayList<>();
            for (var column : wanted) {
                var position = manifest.schema().indexOf(column.value());
                opened.add(BlockColumns.of(block.column(position)));
            }
            return new TableBlock(block.rows(), opened);
        } catch (IOException | Malformed e) {
            throw new UnreadableBlock();
        }
    }

    /** Ends the run unless every byte read is one that the owner's manifest names. */
    public void requireWholeCiphertext() throws RunEnded, HostError {
        try {
            reader.verify();
        } catch (Malformed e) {
            throw RunEnded.refused("DATASET_DAMAGED");
        } catch (IOException e) {
            throw CiphertextThroughDoor.hostError(e);
        }
    }

    @Override
    public void close() {
        reader.close();
    }

    private static Map<ColumnName, ColumnType> columns(DatasetManifest manifest) throws Malformed {
        Map<ColumnName, ColumnType> columns = new LinkedHashMap<>();
        for (var column : manifest.schema().columns()) {
            columns.put(
                    ColumnName.parse(column.name()),
                    ColumnType.parse(column.type().print()));
        }
        return columns;
    }
}
