/** Leat as a system under test, and its at-least-once form. */
@NullMarked
package io.leat.bench.job;

import org.jspecify.annotations.NullMarked;
