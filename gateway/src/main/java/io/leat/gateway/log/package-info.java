/** A feed's change log as the gateway reads it: one shared read near the head, bounded reads further back. */
@NullMarked
package io.leat.gateway.log;

import org.jspecify.annotations.NullMarked;
