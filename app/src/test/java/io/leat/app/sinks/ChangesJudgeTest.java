package io.leat.app.sinks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The judge sees what it is there to see. */
class ChangesJudgeTest {

    private final ChangesJudge judge = new ChangesJudge(Map.of("k", List.of("k1", "k2", "k3"), "l", List.of("l1")));
    private final List<String> ids = new ArrayList<>(List.of("k1", "l1", "k2", "k3"));
    private final Map<String, String> table = new HashMap<>(Map.of("k", "k3", "l", "l1"));

    @Test
    void whatIsWholeIsWithoutFault() {
        assertThat(judge.once(ids)).isEmpty();
        assertThat(judge.atLeastOnce(ids)).isEmpty();
        assertThat(judge.newest(table)).isEmpty();
    }

    @Test
    void aChangeThatIsMissingIsSeen() {
        ids.remove("k2");
        assertThat(judge.once(ids)).containsExactly("k2 is missing");
        assertThat(judge.atLeastOnce(ids)).containsExactly("k2 is missing");
        ids.remove("l1");
        assertThat(judge.once(ids)).containsExactly("k2 is missing", "l1 is missing");
    }

    @Test
    void aChangeThatIsThereTwiceIsSeenWhereThatIsNotAllowed() {
        ids.addAll(List.of("k2", "k3"));
        assertThat(judge.once(ids)).containsExactly("k2 is there again", "k3 is there again");
        assertThat(judge.atLeastOnce(ids)).isEmpty();
    }

    @Test
    void changesOfAKeyOutOfOrderAreSeen() {
        ids.remove("k1");
        ids.add("k1");
        assertThat(judge.once(ids)).containsExactly("changes of k are out of order");
        assertThat(judge.atLeastOnce(ids)).containsExactly("changes of k are out of order");
    }

    @Test
    void aStrangerIsSeen() {
        ids.add("x1");
        table.put("x", "x1");
        assertThat(judge.once(ids)).containsExactly("x1 is not in the log");
        assertThat(judge.newest(table)).containsExactly("x is not in the log");
    }

    @Test
    void aRowThatWentBackOrIsMissingIsSeen() {
        table.put("k", "k2");
        table.remove("l");
        assertThat(judge.newest(table)).containsExactly("k has k2 and not k3", "l is missing");
    }
}
