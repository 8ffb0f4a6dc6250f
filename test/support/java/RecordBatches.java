import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.ControlRecordType;
import org.apache.kafka.common.record.internal.DefaultRecordBatch;
import org.apache.kafka.common.record.internal.EndTransactionMarker;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MemoryRecordsBuilder;
import org.apache.kafka.common.record.internal.MutableRecordBatch;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.common.utils.ByteBufferOutputStream;

/**
 * Kafka's own record batch code, for tests. "write DIR" writes batches of every kind to DIR. "read DIR" reads the .bin files in
 * DIR. Both write the records to a .json file beside each .bin.
 */
public class RecordBatches {
    static final String[] CODECS = {"none", "gzip", "snappy", "lz4", "zstd"};
    static final long TIME = 1_700_000_000_000L;
    static final Random RANDOM = new Random(42);

    public static void main(String[] args) throws Exception {
        Path dir = Path.of(args[1]);
        if (args[0].equals("write")) writeAll(dir);
        try (Stream<Path> files = Files.list(dir)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".bin")).toList()) describe(file);
        }
    }

    static void writeAll(Path dir) throws IOException {
        for (String codec : CODECS) {
            Compression compression = Compression.of(codec).build();
            for (Kind kind : Kind.values()) {
                Files.write(dir.resolve(codec + "-" + kind + ".bin"), bytes(kind.write(compression)));
            }
        }
        Files.write(dir.resolve("emptied.bin"), emptied());
        Files.write(dir.resolve("transactions.bin"), transactions());
        Files.write(dir.resolve("legacy.bin"), legacy());
        for (String codec : new String[] {"none", "gzip", "snappy", "lz4"}) {
            Compression compression = Compression.of(codec).build();
            Files.write(dir.resolve("v0-" + codec + ".bin"), legacyOf((byte) 0, compression, TimestampType.CREATE_TIME));
            Files.write(dir.resolve("v1-" + codec + ".bin"), legacyOf((byte) 1, compression, TimestampType.CREATE_TIME));
            Files.write(dir.resolve("v1append-" + codec + ".bin"), legacyOf((byte) 1, compression, TimestampType.LOG_APPEND_TIME));
        }
    }

    enum Kind {
        plain, odd, headers, transactional, appendTime, noTimestamp, gaps, horizon, large, tiny;

        MemoryRecords write(Compression compression) {
            boolean isTransactional = this == transactional;
            TimestampType type = this == appendTime ? TimestampType.LOG_APPEND_TIME : TimestampType.CREATE_TIME;
            MemoryRecordsBuilder to = new MemoryRecordsBuilder(new ByteBufferOutputStream(1 << 16),
                RecordBatch.MAGIC_VALUE_V2, compression, type, 1000L, type == TimestampType.LOG_APPEND_TIME ? TIME + 5 : -1L,
                isTransactional ? 4711L : -1L, (short) (isTransactional ? 3 : -1), isTransactional ? 17 : -1,
                isTransactional, false, 6, Integer.MAX_VALUE, this == horizon ? TIME + 999_999 : -1L);
            fill(to);
            return to.build();
        }

        void fill(MemoryRecordsBuilder to) {
            switch (this) {
                case odd -> {
                    to.append(TIME, (byte[]) null, text("no key"));
                    to.append(TIME + 1, text("tombstone"), null);
                    to.append(TIME + 2, (byte[]) null, (byte[]) null);
                    to.append(TIME + 3, new byte[0], new byte[0]);
                    to.append(TIME - 86_400_000L * 365, new byte[] {(byte) 0xff, (byte) 0xfe, 0}, new byte[] {(byte) 0x80, (byte) 0xc3});
                    to.append(TIME + 86_400_000L * 36500, text("far"), text("ahead"));
                }
                case headers -> {
                    to.append(TIME, text("k"), text("v"), new Header[] {header("a", "1"), header("a", "2"), header("", ""),
                        new RecordHeader("null", (byte[]) null), header("Grüße 😀", "ü"), new RecordHeader("raw", new byte[] {(byte) 0xff})});
                    to.append(TIME, (byte[]) null, (byte[]) null, new Header[] {header("only", "header")});
                    Header[] many = new Header[300];
                    for (int i = 0; i < many.length; i++) many[i] = header("h" + i % 7, "value " + i);
                    to.append(TIME, text("k"), text("v"), many);
                }
                case noTimestamp -> {
                    to.append(-1L, text("k"), text("v"));
                    to.append(-1L, text("k"), text("w"));
                }
                case gaps -> {
                    for (long offset : new long[] {1003, 1004, 1100, 70_000}) to.appendWithOffset(offset, TIME + offset, text("k" + offset), text("v"));
                }
                case large -> {
                    byte[] noise = new byte[300_000];
                    RANDOM.nextBytes(noise);
                    byte[] same = new byte[2_000_000];
                    Arrays.fill(same, (byte) 'x');
                    to.append(TIME, text("noise"), noise);
                    to.append(TIME, text("same"), same);
                    to.append(TIME, text("text"), text("lorem ipsum dolor sit amet ".repeat(20_000)));
                }
                case tiny -> {
                    for (int i = 0; i < 100_000; i++) to.append(TIME + i, (byte[]) null, text("" + i % 10));
                }
                default -> {
                    for (int i = 0; i < 50; i++) to.append(TIME + i * 1000L, text("key-" + i), text("value number " + i));
                }
            }
        }
    }

    /** A batch, a batch that compaction emptied (offsets 1001 to 1040), and another one. */
    static byte[] emptied() {
        ByteBuffer buffer = ByteBuffer.allocate(4096);
        buffer.put(one(1000, "before", -1L));
        DefaultRecordBatch.writeEmptyHeader(buffer, RecordBatch.MAGIC_VALUE_V2, 9L, (short) 0, 0, 1001L, 1040L, 6,
            TimestampType.CREATE_TIME, TIME, false, false);
        buffer.put(one(1041, "after", -1L));
        return written(buffer);
    }

    /** Producers 1 (aborted, then committed), 2 (committed), one without a transaction, interleaved. */
    static byte[] transactions() {
        ByteBuffer buffer = ByteBuffer.allocate(16_384);
        buffer.put(one(0, "1 aborted", 1L));
        buffer.put(one(1, "2 committed", 2L));
        buffer.put(one(2, "plain", -1L));
        buffer.put(one(3, "1 aborted too", 1L));
        buffer.put(marker(4, 1L, ControlRecordType.ABORT));
        buffer.put(one(5, "1 committed", 1L));
        buffer.put(marker(6, 2L, ControlRecordType.COMMIT));
        buffer.put(marker(7, 1L, ControlRecordType.COMMIT));
        buffer.put(one(8, "2 aborted", 2L));
        buffer.put(marker(9, 2L, ControlRecordType.ABORT));
        buffer.put(one(10, "last", -1L));
        return written(buffer);
    }

    /** Entries of magic 0 and 1, then a batch of magic 2. */
    static byte[] legacy() {
        ByteBuffer buffer = ByteBuffer.allocate(4096);
        buffer.put(MemoryRecords.withRecords((byte) 0, 10L, Compression.NONE, new SimpleRecord(text("k"), text("v"))).buffer());
        buffer.put(MemoryRecords.withRecords((byte) 1, 11L, Compression.gzip().build(), TimestampType.CREATE_TIME,
            new SimpleRecord(TIME, text("a")), new SimpleRecord(TIME, text("b"))).buffer());
        buffer.put(one(13, "new", -1L));
        return written(buffer);
    }

    /** Messages of an old format from offset 1000 on, in one wrapper if compressed. */
    static byte[] legacyOf(byte magic, Compression compression, TimestampType type) {
        MemoryRecordsBuilder to = MemoryRecords.builder(ByteBuffer.allocate(1 << 16), magic, compression, type, 1000L, TIME + 5);
        for (int i = 0; i < 300; i++) to.append(magic == 0 ? -1L : TIME + i, text("key-" + i), text("value number " + i));
        to.append(magic == 0 ? -1L : TIME, (byte[]) null, text("no key"));
        to.append(magic == 0 ? -1L : TIME, text("tombstone"), null);
        to.append(magic == 0 ? -1L : TIME, new byte[0], new byte[0]);
        return bytes(to.build());
    }

    static ByteBuffer one(long offset, String value, long producerId) {
        MemoryRecordsBuilder to = new MemoryRecordsBuilder(new ByteBufferOutputStream(512), RecordBatch.MAGIC_VALUE_V2,
            Compression.NONE, TimestampType.CREATE_TIME, offset, -1L, producerId, (short) (producerId < 0 ? -1 : 0),
            producerId < 0 ? -1 : (int) offset, producerId >= 0, false, 6, Integer.MAX_VALUE);
        to.append(TIME, null, text(value));
        return to.build().buffer();
    }

    static ByteBuffer marker(long offset, long producerId, ControlRecordType type) {
        return MemoryRecords.withEndTransactionMarker(offset, TIME, 6, producerId, (short) 0, new EndTransactionMarker(type, 0)).buffer();
    }

    static byte[] written(ByteBuffer buffer) {
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    static byte[] bytes(MemoryRecords records) {
        byte[] bytes = new byte[records.sizeInBytes()];
        records.buffer().duplicate().get(bytes);
        return bytes;
    }

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static Header header(String key, String value) {
        return new RecordHeader(key, text(value));
    }

    static void describe(Path file) throws Exception {
        List<String> batches = new ArrayList<>();
        for (MutableRecordBatch batch : MemoryRecords.readableRecords(ByteBuffer.wrap(Files.readAllBytes(file))).batches()) {
            batches.add(describe(batch));
        }
        Path json = Path.of(file.toString().replaceAll("\\.bin$", ".json"));
        Files.writeString(json, "[" + String.join(",", batches) + "]");
    }

    static String describe(RecordBatch batch) throws Exception {
        batch.ensureValid();
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        List<String> records = new ArrayList<>();
        int count = 0;
        for (Record record : batch) {
            String line = describe(record);
            digest.update(text(line + "\n"));
            if (count++ < 400) records.add(line);
        }
        return "{\"baseOffset\":" + batch.baseOffset() + ",\"lastOffset\":" + batch.lastOffset() + ",\"magic\":" + batch.magic()
            + ",\"compressionType\":\"" + batch.compressionType().name() + "\",\"timestampType\":\"" + batch.timestampType().name()
            + "\",\"isTransactional\":" + batch.isTransactional() + ",\"isControlBatch\":" + batch.isControlBatch()
            + ",\"producerId\":" + batch.producerId() + ",\"producerEpoch\":" + batch.producerEpoch()
            + ",\"baseSequence\":" + batch.baseSequence() + ",\"maxTimestamp\":" + batch.maxTimestamp()
            + ",\"leaderEpoch\":" + batch.partitionLeaderEpoch() + ",\"count\":" + count
            + ",\"digest\":\"" + Base64.getEncoder().encodeToString(digest.digest()) + "\",\"records\":[" + String.join(",", records) + "]}";
    }

    /** Offset, timestamp, key, value, headers; bytes in base64, header names too. */
    static String describe(Record record) {
        StringBuilder headers = new StringBuilder();
        for (Header header : record.headers()) {
            if (headers.length() > 0) headers.append(',');
            headers.append('[').append(base64(ByteBuffer.wrap(text(header.key())))).append(',')
                .append(base64(header.value() == null ? null : ByteBuffer.wrap(header.value()))).append(']');
        }
        return "[" + record.offset() + "," + record.timestamp() + "," + base64(record.key()) + "," + base64(record.value())
            + ",[" + headers + "]]";
    }

    static String base64(ByteBuffer bytes) {
        if (bytes == null) return "null";
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return "\"" + Base64.getEncoder().encodeToString(copy) + "\"";
    }
}
