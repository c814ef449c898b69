/** The load: scrapes at a given pace, and the changes that come of them. */
@NullMarked
package io.leat.bench.load;

import org.jspecify.annotations.NullMarked;
