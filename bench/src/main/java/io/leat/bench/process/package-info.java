/** The processes of a run: the broker and the systems under test. */
@NullMarked
package io.leat.bench.process;

import org.jspecify.annotations.NullMarked;
