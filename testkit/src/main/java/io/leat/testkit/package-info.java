/** Checkers, independent references, process control. */
@NullMarked
package io.leat.testkit;

import org.jspecify.annotations.NullMarked;
