/** How tests start the product as a process of its own. */
@NullMarked
package io.leat.app.process;

import org.jspecify.annotations.NullMarked;
