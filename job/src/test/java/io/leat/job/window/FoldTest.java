package io.leat.job.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.core.FieldPath;
import io.leat.core.Reading;
import io.leat.core.Window;
import io.leat.job.wire.WireType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class FoldTest {

    private static final FieldPath PRICE = FieldPath.parse("price");
    private static final Window ALL = new Window(
            "all",
            Duration.ofHours(1),
            Duration.ofHours(1),
            Duration.ZERO,
            List.of(),
            Arrays.stream(Window.Aggregate.values())
                    .map(of -> new Window.Value(of.name(), of, PRICE))
                    .toList());

    private static Reading reading(long time, String price) {
        return new Reading(0, "[]", time, 0, 0, Collections.nCopies(ALL.values().size(), price));
    }

    private static List<String> figures(List<Reading> readings) {
        Fold fold = Fold.empty(ALL);
        readings.forEach(reading -> fold.add(ALL, reading));
        return fold.figures(ALL);
    }

    @Test
    void everyFigureIsComputed() {
        assertThat(figures(List.of(
                        reading(3, "12"), reading(1, "10"), reading(2, "\"x\""), reading(4, "null"), reading(2, "8"))))
                .containsExactly("4", "30", "10", "8", "12", "10", "12", "4", "0.2");
    }

    @Test
    void withoutValuesThereAreNoFigures() {
        assertThat(figures(List.of(reading(1, "null"))))
                .containsExactly("0", "0", "null", "null", "null", "null", "null", "0", "null");
    }

    @Test
    void howManyAreDistinctIsAboutRightAndDoesNotDependOnTheirOrder() {
        List<Reading> readings = new ArrayList<>();
        for (int i = 0; i < 40_000; i++) {
            readings.add(reading(i, Integer.toString(i / 2)));
        }
        String inOrder = figures(readings).get(7);
        assertThat(Double.parseDouble(inOrder)).isBetween(19_000.0, 21_000.0);
        Collections.shuffle(readings, new Random(3));
        assertThat(figures(readings).get(7)).isEqualTo(inOrder);
    }

    @Test
    void itComesThroughACheckpointWholeAndGrowsApartFromItsCopy() throws Exception {
        Fold fold = Fold.empty(ALL);
        fold.add(ALL, reading(3, "12.50"));
        fold.add(ALL, reading(1, "\"x\""));
        var serializer = WireType.FOLD.createSerializer(new SerializerConfigImpl());
        Fold copy = serializer.copy(fold);
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(fold, out);
        fold.add(ALL, reading(9, "99"));
        Fold read = serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
        assertThat(read.items()).isEqualTo(2);
        assertThat(read.figures(ALL)).isEqualTo(copy.figures(ALL)).isNotEqualTo(fold.figures(ALL));
        read.add(ALL, reading(9, "99"));
        assertThat(read.figures(ALL)).isEqualTo(fold.figures(ALL));
    }
}
