/** The job of a feed as a program of its own, for a Flink cluster that runs that and nothing else. */
@NullMarked
package io.leat.job.application;

import org.jspecify.annotations.NullMarked;
