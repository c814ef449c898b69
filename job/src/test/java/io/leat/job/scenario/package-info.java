/** Scenario folders through the pure fold and through the real change operator that is killed in between. */
@NullMarked
package io.leat.job.scenario;

import org.jspecify.annotations.NullMarked;
