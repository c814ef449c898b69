/** The bounded queue between a partition of the change log and one client: pure decisions, time and chance handed in. */
@NullMarked
package io.leat.delivery.lane;

import org.jspecify.annotations.NullMarked;
