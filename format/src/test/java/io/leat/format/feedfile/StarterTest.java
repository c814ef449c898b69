package io.leat.format.feedfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StarterTest {

    @TempDir
    Path directory;

    @Test
    void theStarterIsAFeedWithoutDoubt() {
        Written starter = new Written(directory)
                .file(Starter.CONTRACT_FILE, Starter.contract())
                .feed(Starter.feed("shoes"));

        assertThat(starter.valid().name()).isEqualTo("shoes");
        assertThat(starter.warnings()).isEmpty();
    }

    @Test
    void whatTheCommentsOfTheStarterOfferWorks() {
        String offered = Starter.feed("shoes")
                .replace("# tie_break", "tie_break")
                .replace("# max_skew", "max_skew")
                .replace("# source:", "source:")
                .replace("#   ", "  ")
                .replace("${file:/run/secrets/kafka-jaas}", "${JAAS}");

        Written starter = new Written(directory)
                .file(Starter.CONTRACT_FILE, Starter.contract())
                .variable("JAAS", "org.apache.kafka.common.security.scram.ScramLoginModule required password=\"x\";")
                .feed(offered);

        assertThat(starter.valid().source().topic()).isEqualTo("raw-scrapes");
        assertThat(starter.warnings()).isEmpty();
    }

    @Test
    void aNameThatIsNoneIsNotWrittenIntoAFile() {
        assertThatThrownBy(() -> Starter.feed("x: y")).isInstanceOf(IllegalArgumentException.class);
    }
}
