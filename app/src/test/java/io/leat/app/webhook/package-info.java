/** What webhooks promise, shown with real receivers on loopback. */
@org.jspecify.annotations.NullMarked
package io.leat.app.webhook;
