/** How a feed stands, as one JSON object: for programs, for the page, and for the commands that show it. */
@NullMarked
package io.leat.app.status;

import org.jspecify.annotations.NullMarked;
