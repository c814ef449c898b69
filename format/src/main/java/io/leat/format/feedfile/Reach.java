package io.leat.format.feedfile;

import io.leat.format.webhook.WebhookUrl;
import org.jspecify.annotations.Nullable;

/** Where deliveries may go, as far as that can be said before anything is delivered. */
public interface Reach {

    /** Nothing is known of it. */
    Reach UNKNOWN = url -> null;

    /** Why no delivery will ever go there, as the end of a sentence; {@code null} if that cannot be said. */
    @Nullable
    String refusal(WebhookUrl url);
}
