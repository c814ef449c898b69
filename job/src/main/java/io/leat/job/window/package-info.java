/** Figures over spans of event time, on Flink's own windows. */
@NullMarked
package io.leat.job.window;

import org.jspecify.annotations.NullMarked;
