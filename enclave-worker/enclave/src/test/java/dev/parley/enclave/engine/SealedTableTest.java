package dev.parley.enclave.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.enclave.privacy.ReleasedResult;
import dev.parley.policy.bundle.ReleaseMode;
import dev.parley.policy.plan.Condition;
import dev.parley.policy.plan.Literal;
import dev.parley.policy.plan.Plan;
import dev.parley.protocol.attestation.TrustDomain;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.room.LineageId;
import dev.parley.protocol.room.PartyId;
import dev.parley.protocol.room.RoomId;
import dev.parley.protocol.sealing.ColumnType;
import dev.parley.protocol.sealing.DatasetKey;
import dev.parley.protocol.sealing.DatasetManifest;
import dev.parley.protocol.sealing.Schema;
import dev.parley.protocol.sealing.SealedVersion;
import dev.parley.protocol.sealing.chunk.ChunkSource;
import dev.parley.protocol.sealing.column.Row;
import dev.parley.protocol.sealing.file.SealedDatasetReader;
import dev.parley.protocol.sealing.file.SealedDatasetWriter;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SealedTableTest {
    private static final Plan PLAN = Shop.joined(
            Plan.Join.Kind.INNER,
            List.of(
                    new Condition.Compare(
                            Shop.customers("since"),
                            Condition.Operator.GREATER,
                            new Literal.Date(LocalDate.ofEpochDay(19_002))),
                    new Condition.Compare(Shop.customers("active"), Condition.Operator.EQUAL, new Literal.Truth(true))),
            List.of(Shop.customers("segment"), Shop.exposures("channel")),
            List.of(Shop.rows(), Shop.sum(Shop.customers("spend")), Shop.mean(Shop.exposures("cost"))));

    private final SecureRandom random = new SecureRandom();

    @Test
    void givesWhatTheSameRowsGiveUnsealed() throws Exception {
        var shop = new RandomShop(5);
        var customers = shop.customers().with(shop.customers().contents());
        var exposures = shop.exposures();
        var limits = Shop.limits(ReleaseMode.DP, PLAN, 2, 2, 2);

        ReleasedResult sealed;
        try (var left = seal(customers).open();
                var right = seal(exposures).open()) {
            var task = Shop.task(PLAN, limits, new SealedTable(left), new SealedTable(right));
            sealed = analysis().run(task, Shop.seeds(1));
        }

        var unsealed = analysis().run(Shop.task(PLAN, limits, customers, exposures), Shop.seeds(1));
        assertThat(sealed.canonical()).isEqualTo(unsealed.canonical());
    }

    @Test
    void failsWithACodeForEveryByteThatWasChanged() throws Exception {
        var shop = new RandomShop(6);
        var limits = Shop.limits(ReleaseMode.DP, PLAN, 2, 2, 2);
        var file = seal(shop.customers());

        for (int at = file.bytes.length - 1; at > file.bytes.length - 40_000 && at > 2_000; at -= 7_919) {
            file.bytes[at] ^= 1;
            assertThat(run(file, shop.exposures(), limits)).isEqualTo(EngineFailure.Code.DATA_UNREADABLE);
            file.bytes[at] ^= 1;
        }
    }

    private EngineFailure.Code run(
            SealedFile file, MemoryTable exposures, dev.parley.policy.check.EffectiveLimits limits) throws IOException {
        try (var left = file.open()) {
            var task = Shop.task(PLAN, limits, new SealedTable(left), exposures);
            return catchThrowableOfType(EngineFailure.class, () -> analysis().run(task, Shop.seeds(1)))
                    .code();
        } catch (Malformed e) {
            // Opening refuses already; that is the reader's own test.
            return EngineFailure.Code.DATA_UNREADABLE;
        }
    }

    private static Analysis analysis() {
        return new Analysis(new EngineSettings(2, 256L << 20));
    }

    private static final class SealedFile {
        private final byte[] bytes;
        private final DatasetManifest manifest;
        private final DatasetKey key;

        SealedFile(byte[] bytes, DatasetManifest manifest, DatasetKey key) {
            this.bytes = bytes;
            this.manifest = manifest;
            this.key = key;
        }

        SealedDatasetReader open() throws IOException, Malformed {
            return SealedDatasetReader.open(
                    new ChunkSource() {
                        @Override
                        public long length() {
                            return bytes.length;
                        }

                        @Override
                        public void read(long position, ByteBuffer target) throws IOException {
                            if (position + target.remaining() > bytes.length) {
                                throw new EOFException();
                            }
                            target.put(bytes, (int) position, target.remaining());
                        }
                    },
                    manifest,
                    key);
        }
    }

    private SealedFile seal(MemoryTable table) throws IOException, Malformed {
        var dataset = table.dataset();
        var schema = new Schema(dataset.columns().stream()
                .map(column -> new Schema.Column(
                        column.name().value(), type(column.type().text())))
                .toList());
        var version = new SealedVersion(new RoomId("room"), dataset.id(), 1, new PartyId("party"));
        var key = DatasetKey.generate(random);
        var bytes = new ByteArrayOutputStream();
        try (var writer = SealedDatasetWriter.create(Channels.newChannel(bytes), version, schema, key, random)) {
            for (var row : table.contents()) {
                for (int i = 0; i < schema.columns().size(); i++) {
                    write(writer.row(), i, schema.columns().get(i), row);
                }
                writer.endRow();
            }
            var manifest = new DatasetManifest(
                    version, new LineageId("people"), TrustDomain.SIMULATED, schema, writer.finish(), Instant.EPOCH);
            return new SealedFile(bytes.toByteArray(), manifest, key);
        }
    }

    private static void write(Row out, int position, Schema.Column column, Map<String, Object> row) throws Malformed {
        var value = row.get(column.name());
        if (value == null) {
            return;
        }
        switch (column.type()) {
            case ColumnType.Identity() -> {
                var digest = ByteBuffer.allocate(32);
                for (long word : People.words((String) value)) {
                    digest.putLong(Long.reverseBytes(word));
                }
                out.identity(position, digest.array(), 0);
            }
            case ColumnType.Text() -> out.text(position, (String) value);
            case ColumnType.Date() -> out.date(position, (int) (long) value);
            case ColumnType.Truth() -> out.truth(position, (long) value == 1);
            default -> out.number(position, (long) value);
        }
    }

    private static ColumnType type(String text) {
        return switch (text) {
            case "identity" -> new ColumnType.Identity();
            case "text" -> new ColumnType.Text();
            case "date" -> new ColumnType.Date();
            case "timestamp" -> new ColumnType.Timestamp();
            case "truth" -> new ColumnType.Truth();
            case "whole" -> new ColumnType.Whole();
            default -> new ColumnType.Decimal(Integer.parseInt(text.replaceAll("\\D", "")));
        };
    }
}
