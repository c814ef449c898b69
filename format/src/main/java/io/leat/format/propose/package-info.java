/** Proposes a feed file from records: what identifies an item, when it was seen, what of it moves and means something. */
@NullMarked
package io.leat.format.propose;

import org.jspecify.annotations.NullMarked;
