/** How the job's own types cross task boundaries and stand in checkpoints: explicit serializers, no reflection. */
@NullMarked
package io.leat.job.wire;

import org.jspecify.annotations.NullMarked;
