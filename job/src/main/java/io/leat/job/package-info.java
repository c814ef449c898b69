/** The feed job on Flink: raw scrapes in, change log and dead letters out. */
@NullMarked
package io.leat.job;

import org.jspecify.annotations.NullMarked;
