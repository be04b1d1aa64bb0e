package dev.parley.protocol.sealing.file;

import dev.parley.protocol.attestation.TrustDomain;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.room.DatasetId;
import dev.parley.protocol.room.LineageId;
import dev.parley.protocol.room.PartyId;
import dev.parley.protocol.room.RoomId;
import dev.parley.protocol.sealing.ColumnType;
import dev.parley.protocol.sealing.DatasetKey;
import dev.parley.protocol.sealing.DatasetManifest;
import dev.parley.protocol.sealing.Schema;
import dev.parley.protocol.sealing.SealedVersion;
import dev.parley.protocol.sealing.chunk.ChunkSource;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** A sealed dataset in memory, with values that follow from a seed. */
final class SealedSample {
    static final Schema SCHEMA = new Schema(List.of(
            new Schema.Column("email", new ColumnType.Identity()),
            new Schema.Column("segment", new ColumnType.Text()),
            new Schema.Column("visits", new ColumnType.Whole()),
            new Schema.Column("spend", new ColumnType.Decimal(2)),
            new Schema.Column("born", new ColumnType.Date()),
            new Schema.Column("seen", new ColumnType.Timestamp()),
            new Schema.Column("member", new ColumnType.Truth())));

    private final byte[] file;
    private final DatasetManifest manifest;
    private final DatasetKey key;

    SealedSample(byte[] file, DatasetManifest manifest, DatasetKey key) {
        this.file = file;
        this.manifest = manifest;
        this.key = key;
    }

    /** Not a copy: tests clone before they change it. */
    byte[] file() {
        return file;
    }

    DatasetManifest manifest() {
        return manifest;
    }

    DatasetKey key() {
        return key;
    }

    static SealedVersion version(String dataset, int version) {
        return new SealedVersion(new RoomId("spring"), new DatasetId(dataset), version, new PartyId("retailer"));
    }

    static SealedSample of(int rows) throws IOException, Malformed {
        return of(rows, version("customers", 1), DatasetKey.generate(new SecureRandom()));
    }

    static SealedSample of(int rows, SealedVersion version, DatasetKey key) throws IOException, Malformed {
        return of(rows, version, key, new SecureRandom());
    }

    static SealedSample of(int rows, SealedVersion version, DatasetKey key, SecureRandom random)
            throws IOException, Malformed {
        var file = new ByteArrayOutputStream();
        var values = new Values(rows);
        try (var writer = SealedDatasetWriter.create(Channels.newChannel(file), version, SCHEMA, key, random)) {
            for (var i = 0; i < rows; i++) {
                values.next().write(writer);
            }
            var manifest = new DatasetManifest(
                    version,
                    new LineageId("shoppers"),
                    TrustDomain.SIMULATED,
                    SCHEMA,
                    writer.finish(),
                    Instant.parse("2026-01-02T03:04:05Z"));
            return new SealedSample(file.toByteArray(), manifest, key);
        }
    }

    SealedDatasetReader open() throws IOException, Malformed {
        return SealedDatasetReader.open(source(file), manifest, key);
    }

    /** Reads and verifies everything; refused or not. */
    boolean accepts(byte[] bytes) throws IOException {
        try (var reader = SealedDatasetReader.open(source(bytes), manifest, key)) {
            reader.verify();
            return true;
        } catch (Malformed e) {
            return false;
        }
    }

    static ChunkSource source(byte[] bytes) {
        return new ChunkSource() {
            @Override
            public long length() {
                return bytes.length;
            }

            @Override
            public void read(long position, ByteBuffer target) throws EOFException {
                if (position + target.remaining() > bytes.length) {
                    throw new EOFException();
                }
                target.put(bytes, (int) position, target.remaining());
            }
        };
    }

    /** The rows of a sample, one after the other; about one value in eight is null. */
    static final class Values {
        private final Random random;
        byte[] email = new byte[32];
        String segment = "";
        long visits;
        long spend;
        int born;
        long seen;
        boolean member;
        boolean[] isNull = new boolean[7];

        Values(long seed) {
            random = new Random(seed);
        }

        Values next() {
            random.nextBytes(email);
            segment = "segmént " + random.nextInt(200);
            visits = random.nextLong();
            spend = random.nextInt(1_000_000);
            born = random.nextInt(30_000) - 10_000;
            seen = random.nextLong();
            member = random.nextBoolean();
            for (var i = 0; i < isNull.length; i++) {
                isNull[i] = random.nextInt(8) == 0;
            }
            return this;
        }

        void write(SealedDatasetWriter writer) throws IOException, Malformed {
            var row = writer.row();
            if (!isNull[0]) {
                row.identity(0, email, 0);
            }
            if (!isNull[1]) {
                row.text(1, segment);
            }
            if (!isNull[2]) {
                row.number(2, visits);
            }
            if (!isNull[3]) {
                row.number(3, spend);
            }
            if (!isNull[4]) {
                row.date(4, born);
            }
            if (!isNull[5]) {
                row.number(5, seen);
            }
            if (!isNull[6]) {
                row.truth(6, member);
            }
            writer.endRow();
        }
    }
}
