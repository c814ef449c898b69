/** Keeps deliveries from reaching inside: which addresses may be connected to, and that it is those which were checked. */
@NullMarked
package io.leat.delivery.guard;

import org.jspecify.annotations.NullMarked;
