/** Runs a scenario as the job would, without a job. */
@NullMarked
package io.leat.job.scenario;

import org.jspecify.annotations.NullMarked;
