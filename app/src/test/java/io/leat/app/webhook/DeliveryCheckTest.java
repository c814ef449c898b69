package io.leat.app.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.app.webhook.Receiver.Taken;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The check of deliveries sees what it is there to see. */
class DeliveryCheckTest {

    @Test
    void aWholeRunIsFineAndSoAreRepeatsOfTheNewest() {
        List<Taken> taken = run();
        assertThat(DeliveryCheck.of(taken, 30, List.of(0))).isEqualTo(new DeliveryCheck.Seen(0, 0, 0, 0));
        taken.add(taken.get(29));
        assertThat(DeliveryCheck.of(taken, 30, List.of(0, 30))).isEqualTo(new DeliveryCheck.Seen(0, 1, 1, 0));
    }

    @Test
    void aLostChangeIsSeenAsLostAndAsAHoleInItsKey() {
        List<Taken> taken = run();
        taken.remove(4);
        assertThat(DeliveryCheck.of(taken, 30, List.of(0))).isEqualTo(new DeliveryCheck.Seen(1, 0, 0, 1));
    }

    @Test
    void aKeyThatGoesBackIsSeen() {
        List<Taken> taken = run();
        Collections.swap(taken, 6, 9);
        assertThat(DeliveryCheck.of(taken, 30, List.of(0)).disorder()).isPositive();
        List<Taken> older = run();
        older.add(older.get(0));
        assertThat(DeliveryCheck.of(older, 30, List.of(0)).disorder()).isEqualTo(1);
    }

    @Test
    void repeatsCountForTheGatewayThatHadNotNotedThemWheneverTheyCome() {
        List<Taken> taken = run();
        taken.addAll(20, taken.subList(15, 20).stream().toList());
        taken.addAll(taken.subList(33, 35).stream().toList());
        assertThat(DeliveryCheck.of(taken, 30, List.of(0, 20, 35))).isEqualTo(new DeliveryCheck.Seen(0, 7, 5, 2));
        List<Taken> late = run();
        late.addAll(late.subList(7, 10).stream().toList());
        late.addAll(late.subList(18, 20).stream().toList());
        assertThat(DeliveryCheck.of(late, 30, List.of(0, 10, 30)).mostOfOne()).isEqualTo(3);
        assertThat(DeliveryCheck.of(late, 30, List.of(0, 20, 30)).mostOfOne()).isEqualTo(5);
    }

    /** Ten changes of each of three keys. */
    private static List<Taken> run() {
        List<Taken> taken = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            taken.add(new Taken("id" + i, "k" + i % 3, i / 3 + 1, i));
        }
        return taken;
    }
}
