/** A topic of a client's own Kafka cluster as the end of a lane. */
@NullMarked
package io.leat.delivery.kafka;

import org.jspecify.annotations.NullMarked;
