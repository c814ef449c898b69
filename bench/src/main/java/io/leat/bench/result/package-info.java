/** What was measured, and how it is told. */
@NullMarked
package io.leat.bench.result;

import org.jspecify.annotations.NullMarked;
