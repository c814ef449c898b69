/** How tests start the product: as a process of its own, or within theirs. */
@NullMarked
package io.leat.app.process;

import org.jspecify.annotations.NullMarked;
