/** When a site has fallen silent, or sends far less or more than it used to, and when that is over. */
@NullMarked
package io.leat.core.silence;

import org.jspecify.annotations.NullMarked;
