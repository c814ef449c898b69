/** When a site has changed what it writes into a field: what is usual, what is not, and when that is over. */
@NullMarked
package io.leat.core.drift;

import org.jspecify.annotations.NullMarked;
