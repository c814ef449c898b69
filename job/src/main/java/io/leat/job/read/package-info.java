/** Reads the raw topic, partition by partition, and knows how far event time has come in it. */
@NullMarked
package io.leat.job.read;

import org.jspecify.annotations.NullMarked;
