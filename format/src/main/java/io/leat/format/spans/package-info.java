/** Stretches of traces: what a stage of the way of a scrape tells whoever collects them, if anybody does. */
@NullMarked
package io.leat.format.spans;

import org.jspecify.annotations.NullMarked;
