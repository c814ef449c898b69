/** Why each record of a key was or was not told, read back from the topics. */
@NullMarked
package io.leat.app.trace;

import org.jspecify.annotations.NullMarked;
