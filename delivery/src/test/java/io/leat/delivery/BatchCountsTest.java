package io.leat.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.delivery.batch.Arrival;
import io.leat.delivery.batch.Batch;
import io.leat.delivery.batch.ShopChange;
import io.leat.delivery.lane.LogEntry;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchCountsTest {

    private final SinkCounts all = new SinkCounts();
    private final BatchCounts counts = new BatchCounts(all.of("shop", "warehouse"));

    @Test
    void whatTheEndRefusesIsNotDeliveredAlsoIfItSaysSoTwice() {
        took(3);
        counts.refused(1);
        counts.refused(1); // the batch was tried again
        counts.handedOver(batch(0, 3));
        assertThat(now().waiting()).as("it is not durable yet").isEqualTo(3);
        counts.durable(3, 0);
        assertThat(now()).isEqualTo(new SinkCounts.Counts(3, 2, 1, 0, 0, 0));
    }

    @Test
    void whatCannotBeReadIsUndeliveredOnceItsLetterIsKept() {
        counts.took(BatchCounts.Asked.UNREADABLE);
        counts.took(BatchCounts.Asked.NO);
        assertThat(now().waiting()).isEqualTo(1);
        counts.buried();
        assertThat(now()).isEqualTo(new SinkCounts.Counts(2, 0, 1, 1, 0, 0));
    }

    @Test
    void whatIsNotDurableAtTheEndIsLeftToTheNext() {
        took(6);
        counts.took(BatchCounts.Asked.UNREADABLE);
        counts.handedOver(batch(0, 2));
        counts.durable(2, 0);
        counts.refused(2);
        counts.handedOver(batch(2, 4));
        counts.ended(batch(5, 6).arrivals(), batch(4, 5));
        assertThat(now()).isEqualTo(new SinkCounts.Counts(7, 2, 0, 0, 0, 5));
    }

    @Test
    void howLongItTookEndsWhenItIsDurableAndARecordingHasNoAge() {
        SinkCounts.Counter counter = all.of("shop", "warehouse");
        counter.delivered(
                List.of(
                        entry("2026-11-26T10:00:00Z", "2026-11-26T10:00:00.500Z"),
                        entry("2025-01-01T00:00:00Z", "2026-11-26T10:00:00.900Z")),
                Instant.parse("2026-11-26T10:00:02Z").toEpochMilli());
        took(1);
        counts.handedOver(batch(0, 1));
        all.eachDelivered((sink, delivered) -> {
            assertThat(delivered.bytes()).as("one is not durable").isEqualTo(20);
            assertThat(delivered.fromLog().sumMillis()).isEqualTo(1_500 + 1_100);
            assertThat(delivered.fromExtraction().sumMillis()).isEqualTo(2_000);
            assertThat(Arrays.stream(delivered.fromExtraction().counts()).sum()).isEqualTo(1);
        });
        counts.durable(1, 1);
        all.eachDelivered((sink, delivered) -> assertThat(delivered.bytes()).isGreaterThan(20));
    }

    private static LogEntry entry(String extracted, String appended) {
        return new LogEntry(
                0,
                "k",
                "id",
                "new",
                extracted,
                new byte[10],
                null,
                Instant.parse(appended).toEpochMilli());
    }

    private void took(int changes) {
        for (int i = 0; i < changes; i++) {
            counts.took(BatchCounts.Asked.YES);
        }
    }

    private static Batch batch(int from, int to) {
        List<Arrival> arrivals = IntStream.range(from, to)
                .mapToObj(offset -> ShopChange.of(offset, 0, offset))
                .toList();
        return new Batch(arrivals, to, 0, 0);
    }

    private SinkCounts.Counts now() {
        SinkCounts.Counts[] found = new SinkCounts.Counts[1];
        all.each((sink, counted) -> found[0] = counted);
        return found[0];
    }
}
