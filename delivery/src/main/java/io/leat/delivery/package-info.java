/** Webhooks at work: the change log read once for all clients, their lanes, cursors, attempts and dead letters. */
@NullMarked
package io.leat.delivery;

import org.jspecify.annotations.NullMarked;
