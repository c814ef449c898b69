/** The change log as its only writer sees it: take it over, append, commit. */
@NullMarked
package io.leat.job.log;

import org.jspecify.annotations.NullMarked;
