/** A peer: the same work on Kafka Streams. */
@NullMarked
package io.leat.bench.streams;

import org.jspecify.annotations.NullMarked;
