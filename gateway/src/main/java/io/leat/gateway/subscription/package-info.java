/** Subscriptions to webhooks over HTTP: the verbs of the command line, for keys that may manage a feed. */
@NullMarked
package io.leat.gateway.subscription;

import org.jspecify.annotations.NullMarked;
