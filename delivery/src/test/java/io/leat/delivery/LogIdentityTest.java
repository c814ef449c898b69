package io.leat.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leat.testkit.TestKafka;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogIdentityTest {

    private static final String CHANGES = "shop.changes";

    @Test
    void whatWasReadOfALogThatIsNoMoreIsNotTakenForTheOneThatIs(@TempDir Path folder) throws Exception {
        try (TestKafka kafka = new TestKafka(folder, Map.of("auto.create.topics.enable", "false"));
                Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
            make(admin);
            LogIdentity identity = new LogIdentity(admin, CHANGES);
            identity.readAnew();
            identity.readOn();
            identity.readOn();
            String first = identity.get().id();
            admin.deleteTopics(List.of(CHANGES)).all().get();
            Awaitility.await().ignoreExceptions().until(() -> {
                make(admin);
                return true;
            });
            assertThatThrownBy(identity::get).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(identity::readOn).isInstanceOf(IllegalStateException.class);
            identity.readAnew();
            identity.readOn();
            assertThat(identity.get().id()).isNotEqualTo(first);
        }
    }

    private static void make(Admin admin) throws Exception {
        admin.createTopics(List.of(new NewTopic(CHANGES, 2, (short) 1))).all().get();
    }
}
