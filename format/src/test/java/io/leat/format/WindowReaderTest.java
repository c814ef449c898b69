package io.leat.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.core.Compared;
import io.leat.core.FieldPath;
import io.leat.core.Item;
import io.leat.core.Position;
import io.leat.core.Reading;
import io.leat.core.Series;
import io.leat.core.Window;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowReaderTest {

    private static final int KAFKA_TAKES = 4 << 20;

    @Test
    void aResultFitsItsTopicWhateverTheValues() {
        String huge = "\"" + "\u00e9".repeat(500_000) + "\"";
        for (int values : new int[] {1, 5, 100}) {
            Window window = window(values);
            Reading reading = read(window, "{\"group\":" + huge + ",\"text\":" + huge + "}");

            String result = WindowJson.write("f", window, 0, reading.group(), 1, reading.values());
            int bytes = utf8(result) + utf8(WindowJson.key(window, 0, reading.group()));

            assertThat(bytes).isLessThan(KAFKA_TAKES);
        }
    }

    @Test
    void valuesThatAreTooLongAreStillToldApart() {
        String one = "\"" + "x".repeat(100_000) + "1\"";
        String other = "\"" + "x".repeat(100_000) + "2\"";

        assertThat(text(one)).isEqualTo(text(one)).isNotEqualTo(text(other)).startsWith("{\"bytes\":100003,");
        assertThat(text("\"short\"")).isEqualTo("\"short\"");
        assertThat(WindowJson.figure(Window.Aggregate.COUNT, Series.EMPTY.plus(new Series.Point(0, 0, text(one)))))
                .isEqualTo("1");
    }

    private static String text(String value) {
        return read(window(1), "{\"group\":1,\"text\":" + value + "}").values().get(0);
    }

    private static Reading read(Window window, String body) {
        Item item = new Item("[1]", 0, 0, Compared.NOTHING, body, new Position("f.raw", 0, 0), "");
        return new WindowReader(List.of(window)).read(item, 0).get(0);
    }

    private static Window window(int count) {
        List<Window.Value> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(new Window.Value("last" + i, Window.Aggregate.LAST, FieldPath.parse("text")));
        }
        return new Window(
                "w",
                Duration.ofHours(1),
                Duration.ofHours(1),
                Duration.ZERO,
                List.of(FieldPath.parse("group")),
                values);
    }

    private static int utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
