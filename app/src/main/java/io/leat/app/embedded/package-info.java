/** Kafka and Flink in this process, and the directory that holds what they must remember. */
@NullMarked
package io.leat.app.embedded;

import org.jspecify.annotations.NullMarked;
