/** Changes as open streams: SSE and JSON Lines, from any place in the log, resumable exactly. */
@NullMarked
package io.leat.gateway.stream;

import org.jspecify.annotations.NullMarked;
