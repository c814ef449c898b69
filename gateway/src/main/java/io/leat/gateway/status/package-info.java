/** What a gateway says of itself: alive, ready, its version, its figures, and what it can be asked. */
@NullMarked
package io.leat.gateway.status;

import org.jspecify.annotations.NullMarked;
