/** Random orders about subscriptions while changes are told, judged from outside. */
@org.jspecify.annotations.NullMarked
package io.leat.app.webhook.model;
