/** Windows without a cluster. */
@NullMarked
package io.leat.job.window;

import org.jspecify.annotations.NullMarked;
