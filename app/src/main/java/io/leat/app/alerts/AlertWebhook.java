package io.leat.app.alerts;

import io.leat.core.delivery.Subscription;
import io.leat.delivery.OneOff;
import io.leat.delivery.lane.Outcome;
import java.io.IOException;
import tools.jackson.databind.JsonNode;

/** Posts alerts to a webhook of the feed, signed as its changes are. For one thread. */
public final class AlertWebhook implements AlertEnd {

    private final Who subscription;
    private final OneOff posts;

    /** Who is told. */
    public interface Who {

        /** @throws IOException if there is nobody now */
        Subscription now() throws IOException;
    }

    /** @param posts closed with this */
    public AlertWebhook(Who subscription, OneOff posts) {
        this.subscription = subscription;
        this.posts = posts;
    }

    @Override
    public void tell(JsonNode alert) throws IOException {
        Outcome outcome = posts.alert(subscription.now(), alert);
        if (!OneOff.isDelivered(outcome)) {
            throw new IOException(OneOff.words(outcome));
        }
    }

    @Override
    public void close() {
        posts.close();
    }
}
