/** Looks whether machine, cluster and sinks are fit for a feed, and says what to do where they are not. */
@NullMarked
package io.leat.app.doctor;

import org.jspecify.annotations.NullMarked;
