/** Whole-system benchmarks with the peers side by side. */
@NullMarked
package io.leat.bench;

import org.jspecify.annotations.NullMarked;
