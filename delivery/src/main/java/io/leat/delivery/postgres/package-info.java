/** Tables of a Postgres database as the end of a lane: the last change of every key, and every change, once. */
@NullMarked
package io.leat.delivery.postgres;

import org.jspecify.annotations.NullMarked;
