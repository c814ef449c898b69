/** What a process measures, read once for each look at {@code /metrics}. */
@NullMarked
package io.leat.gateway.metrics;

import org.jspecify.annotations.NullMarked;
