/** Webhooks as bytes and text: signatures, bodies, filters, addresses, and subscriptions as they are stored. */
@NullMarked
package io.leat.format.webhook;

import org.jspecify.annotations.NullMarked;
