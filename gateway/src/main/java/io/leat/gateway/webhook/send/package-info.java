/** One attempt over HTTP, within limits of time and size. */
@NullMarked
package io.leat.gateway.webhook.send;

import org.jspecify.annotations.NullMarked;
