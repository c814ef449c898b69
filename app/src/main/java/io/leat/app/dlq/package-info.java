/** Dead letters as people handle them: found, counted, shown, mended and sent again. */
@NullMarked
package io.leat.app.dlq;

import org.jspecify.annotations.NullMarked;
