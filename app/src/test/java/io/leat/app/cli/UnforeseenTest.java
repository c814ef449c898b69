package io.leat.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.app.exit.Failure;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

class UnforeseenTest {

    @Test
    void aBrokerThatIsTooSlowIsNoFaultOfLeat() {
        Failure failure = Unforeseen.failure(new KafkaException(
                "cannot create topic prices.attempts", new TimeoutException("timed out after 1 attempt")));
        assertThat(failure.code()).isEqualTo("LEAT-426");
        assertThat(failure.sentence()).isEqualTo("Kafka did not answer in time: timed out after 1 attempt.");
    }

    @Test
    void aBrokerThatRefusesIsQuoted() {
        Failure failure =
                Unforeseen.failure(new IllegalStateException(new TopicAuthorizationException("Not authorized.")));
        assertThat(failure.code()).isEqualTo("LEAT-427");
        assertThat(failure.sentence()).isEqualTo("Kafka refused: Not authorized.");
    }

    @Test
    void whatElseGoesWrongIsToBeReported() {
        assertThat(Unforeseen.failure(new IllegalStateException("x")).code()).isEqualTo("LEAT-499");
        Failure known = Failure.runtime("LEAT-416", "a", "b");
        assertThat(Unforeseen.failure(known)).isSameAs(known);
    }
}
