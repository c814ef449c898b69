/** A peer: the work as one loop written by hand. */
@NullMarked
package io.leat.bench.hand;

import org.jspecify.annotations.NullMarked;
