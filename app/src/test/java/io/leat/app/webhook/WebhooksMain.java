package io.leat.app.webhook;

import io.leat.core.delivery.SigningKey;
import io.leat.core.delivery.Subscription;
import io.leat.core.delivery.Webhook;
import io.leat.delivery.Webhooks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A gateway that delivers webhooks, in a process of its own: {@code BOOTSTRAP FEED IN_FLIGHT URL…}. */
public final class WebhooksMain {

    private WebhooksMain() {}

    /** Says {@code DELIVERS} and works until the process is killed. */
    public static void main(String[] args) throws Exception {
        List<Subscription> subscriptions = new ArrayList<>();
        for (int i = 3; i < args.length; i++) {
            subscriptions.add(new Subscription(
                    "client-" + (i - 3),
                    new Webhook(
                            args[i],
                            List.of(SigningKey.of(Receiver.SECRET)),
                            Webhook.Batch.NONE,
                            false,
                            new Webhook.Limits(
                                    Integer.parseInt(args[2]), 0, Duration.ofSeconds(5), Duration.ofDays(3))),
                    null,
                    List.of(),
                    Subscription.CatchUp.ALL,
                    Subscription.From.EARLIEST));
        }
        Webhooks webhooks = LoopbackWebhooks.start(args[0], args[1], subscriptions);
        Runtime.getRuntime().addShutdownHook(new Thread(webhooks::close));
        System.out.println("DELIVERS");
        new CountDownLatch(1).await();
    }
}
