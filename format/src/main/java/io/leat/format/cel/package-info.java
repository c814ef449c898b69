/** The Common Expression Language as people may use it here: within limits, and with one exact kind of number. */
@NullMarked
package io.leat.format.cel;

import org.jspecify.annotations.NullMarked;
