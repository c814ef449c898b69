/** Faults that cross a network: a cluster of processes of their own, what befalls it, and judges that read topics and clients alone. */
@NullMarked
package io.leat.app.faults;

import org.jspecify.annotations.NullMarked;
