/** FeedJob on Flink: raw to changes. */
@NullMarked
package io.leat.job;

import org.jspecify.annotations.NullMarked;
