/** The quick way of a scrape and the plain one: the same to the last byte, and what the quick one may cost. */
@NullMarked
package io.leat.job.quick;

import org.jspecify.annotations.NullMarked;
