/** One attempt over HTTP, within limits of time and size. */
@NullMarked
package io.leat.delivery.webhook;

import org.jspecify.annotations.NullMarked;
