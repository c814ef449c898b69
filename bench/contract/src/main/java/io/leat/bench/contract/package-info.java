/** What reading a scrape and holding it against its contract costs, beside general libraries. */
@NullMarked
package io.leat.bench.contract;

import org.jspecify.annotations.NullMarked;
