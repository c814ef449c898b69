/** The words of a change feed and its decisions: pure, without I/O, clock, threads or framework. */
@NullMarked
package io.leat.core;

import org.jspecify.annotations.NullMarked;
