package io.leat.job.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leat.core.Averages;
import io.leat.core.Change;
import io.leat.core.Compared;
import io.leat.core.Evidence;
import io.leat.core.Floor;
import io.leat.core.Footing;
import io.leat.core.Held;
import io.leat.core.Item;
import io.leat.core.Known;
import io.leat.core.Op;
import io.leat.core.Position;
import io.leat.core.Refusal;
import io.leat.core.Ruling;
import io.leat.core.Settling;
import io.leat.core.Waiting;
import io.leat.job.DeadLetter;
import io.leat.job.Past;
import io.leat.job.RawRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

/** What stands in checkpoints is read by every later build: the golden file is not to be regenerated. */
class WireTest {

    private static final Known KNOWN = new Known(
            1_770_484_921_250_000L,
            -42,
            7,
            new Compared(List.of("record.price", "title"), List.of("10.5", "\"Café \uD83D\uDE00\"")));

    private static final Known EVERYTHING = new Known(
            KNOWN.eventTime(),
            KNOWN.tie(),
            KNOWN.seq(),
            KNOWN.compared(),
            1_770_000_000_000_000L,
            12,
            List.of(new Settling("title", "\"Café\"", 1_770_484_921_000_000L)),
            true,
            new Held(new Compared(List.of("record.price"), List.of("1050")), true),
            new Floor("rAw-topic_1", 2, 1_234_567),
            new Averages(1_770_484_900_000_000L, new Compared(List.of("record.price"), List.of("10.12345678901234"))));

    private static final Known LAYOUT_4 = withFloor(new Floor("", 2, 1_234_567));

    private static final Known LAYOUT_3 = new Known(
            EVERYTHING.eventTime(),
            EVERYTHING.tie(),
            EVERYTHING.seq(),
            EVERYTHING.compared(),
            EVERYTHING.firstSeen(),
            EVERYTHING.unchanged(),
            EVERYTHING.settling(),
            EVERYTHING.gone(),
            EVERYTHING.held(),
            LAYOUT_4.floor());

    private static final Known READ_AGAIN = EVERYTHING.on(
            new Footing(0xfeedf00d, new Compared(List.of("price"), List.of("\"$10\""))), EVERYTHING.compared());

    private static Known withFloor(Floor floor) {
        return new Known(
                EVERYTHING.eventTime(),
                EVERYTHING.tie(),
                EVERYTHING.seq(),
                EVERYTHING.compared(),
                EVERYTHING.firstSeen(),
                EVERYTHING.unchanged(),
                EVERYTHING.settling(),
                EVERYTHING.gone(),
                EVERYTHING.held(),
                floor,
                EVERYTHING.averages());
    }

    @Test
    void whatIsKnownOfAKeyIsWrittenAsTheGoldenFileSays() throws Exception {
        assertThat(HexFormat.of().formatHex(bytes(new KnownSerializer(), new KnownCell(EVERYTHING))))
                .isEqualTo(golden("known-v5.hex"));
        assertThat(HexFormat.of().formatHex(bytes(new KnownSerializer(), new KnownCell(READ_AGAIN))))
                .isEqualTo(golden("known-v6.hex"));
    }

    @Test
    void theGoldenFileOfEveryLayoutIsReadBack() throws Exception {
        Map<String, Known> written = Map.of(
                "known-v1", KNOWN,
                "known-v2", KNOWN,
                "known-v3", LAYOUT_3,
                "known-v4", LAYOUT_4,
                "known-v5", EVERYTHING,
                "known-v6", READ_AGAIN);
        for (Map.Entry<String, Known> each : written.entrySet()) {
            byte[] golden = HexFormat.of().parseHex(golden(each.getKey() + ".hex"));
            assertThat(new KnownSerializer()
                            .deserialize(new DataInputDeserializer(golden))
                            .known())
                    .isEqualTo(each.getValue());
        }
    }

    @Test
    void whatTheCountersStillHaveToHearComesBack() throws Exception {
        Change gone = new Change(
                "id",
                "[1]",
                8,
                Op.GONE,
                List.of(),
                null,
                Compared.NULL,
                1_770_484_921_250_001L,
                Long.MAX_VALUE,
                new Position("raw", 1, 9),
                "",
                "",
                new Evidence(3, 1_770_000_000_000_000L, 1_770_484_921_250_000L),
                new Floor("topic", 0, 1));
        Past past = new Past(EVERYTHING, List.of(gone));

        assertThat(roundTrip(new PastSerializer(), past)).isEqualTo(past);
        assertThat(roundTrip(new PastSerializer(), Past.NONE)).isEqualTo(Past.NONE);
    }

    @Test
    void whatIsKnownWithoutRulesComesBackToo() throws Exception {
        assertThat(roundTrip(new KnownSerializer(), new KnownCell(KNOWN)).known())
                .isEqualTo(KNOWN);
    }

    @Test
    void aLayoutOfALaterBuildIsRefusedInWords() throws Exception {
        byte[] later = bytes(new KnownSerializer(), new KnownCell(KNOWN));
        later[0] = 99;
        assertThatThrownBy(() -> new KnownSerializer().deserialize(new DataInputDeserializer(later)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("layout 99 is newer");
    }

    @Test
    void pathsThatRepeatAreSharedInMemory() throws Exception {
        KnownSerializer serializer = new KnownSerializer();
        byte[] bytes = bytes(serializer, new KnownCell(KNOWN));
        Known first = serializer.deserialize(new DataInputDeserializer(bytes)).known();
        Known second = serializer.deserialize(new DataInputDeserializer(bytes)).known();
        assertThat(second.compared().paths()).isSameAs(first.compared().paths());
    }

    @Test
    void whatASnapshotStillNeedsIsNotMovedInPlace() {
        KnownCell cell = new KnownCell(KNOWN);
        KnownCell kept = new KnownSerializer().copy(cell);
        Known seen = KNOWN.seenAt(KNOWN.eventTime() + 1, 0, 1);
        cell.become(seen);
        assertThat(cell.known()).isEqualTo(seen);
        assertThat(kept.known()).isEqualTo(KNOWN);
        cell.become(EVERYTHING);
        assertThat(cell.known()).isEqualTo(EVERYTHING);
    }

    @Test
    void whoWaitsComesThroughWhole() throws Exception {
        Item item = new Item("k", 5, 6, new Compared(List.of("p"), List.of("1")), "{}", new Position("t", 1, 2), "v");
        Waiting waiting = new Waiting(
                7, List.of(new Waiting.Entry(item, 8, 9)), List.of(new Waiting.Peak(10, 11), new Waiting.Peak(12, 13)));
        WaitingSerializer serializer = new WaitingSerializer();
        byte[] bytes = bytes(serializer, waiting);
        assertThat(serializer.deserialize(new DataInputDeserializer(bytes))).isEqualTo(waiting);
        bytes[0] = 99;
        assertThatThrownBy(() -> serializer.deserialize(new DataInputDeserializer(bytes)))
                .hasMessageContaining("layout 99 is newer");
    }

    @Test
    void itemsComeThroughWhole() throws Exception {
        Item item = new Item(
                "[\"a\"]",
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                new Compared(List.of("p", "lone \uD800 surrogate"), List.of("1", "null")),
                "x".repeat(100_000),
                new Position("shop.raw", 3, 1L << 40),
                "v2",
                "{\"price\":\"€ 5\"}",
                Ruling.REJECT);
        assertThat(roundTrip(new ItemSerializer(), item)).isEqualTo(item);
    }

    @Test
    void deadLettersComeThroughByteForByte() throws Exception {
        byte[] value = {0, (byte) 0xff, (byte) 0xc3, 0x28};
        DeadLetter letter = new DeadLetter(
                new RawRecord("shop.raw", 1, 2, 3, null, value, List.of(new RawRecord.Header("h", new byte[] {1}))),
                new Refusal(Refusal.Code.NOT_JSON, "a.b", "why", "v1"));
        DeadLetter back = roundTrip(new DeadLetterSerializer(), letter);
        assertThat(back.rec().value()).isEqualTo(value);
        assertThat(back.rec().key()).isNull();
        assertThat(back.rec().headers().get(0).value()).containsExactly(1);
        assertThat(back.refusal()).isEqualTo(letter.refusal());
    }

    @Test
    void everySerializerRestoresItselfFromItsSnapshot() throws Exception {
        for (TypeSerializer<?> serializer : List.of(
                new KnownSerializer(), new ItemSerializer(), new DeadLetterSerializer(), new RawRecordSerializer())) {
            DataOutputSerializer out = new DataOutputSerializer(64);
            TypeSerializerSnapshot.writeVersionedSnapshot(out, serializer.snapshotConfiguration());
            TypeSerializerSnapshot<?> snapshot = TypeSerializerSnapshot.readVersionedSnapshot(
                    new DataInputDeserializer(out.getCopyOfBuffer()), WireTest.class.getClassLoader());
            assertThat(snapshot.restoreSerializer()).hasSameClassAs(serializer);
        }
    }

    private static <T> byte[] bytes(TypeSerializer<T> serializer, T value) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(256);
        serializer.serialize(value, out);
        return out.getCopyOfBuffer();
    }

    private static <T> T roundTrip(TypeSerializer<T> serializer, T value) throws IOException {
        return serializer.deserialize(new DataInputDeserializer(bytes(serializer, value)));
    }

    private static String golden(String file) throws IOException {
        try (InputStream in = WireTest.class.getResourceAsStream("/golden/" + file)) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip();
        }
    }
}
