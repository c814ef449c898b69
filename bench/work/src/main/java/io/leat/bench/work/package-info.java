/** What every system under test is told: the feed, the broker, a directory. */
@NullMarked
package io.leat.bench.work;

import org.jspecify.annotations.NullMarked;
