/** A peer: the same work with Flink's own exactly-once Kafka sink. */
@NullMarked
package io.leat.bench.flinksink;

import org.jspecify.annotations.NullMarked;
