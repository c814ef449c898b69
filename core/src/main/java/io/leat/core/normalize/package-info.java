/** How scraped values become comparable: the same text gives the same value on every machine, or says why it gives none. */
@NullMarked
package io.leat.core.normalize;

import org.jspecify.annotations.NullMarked;
