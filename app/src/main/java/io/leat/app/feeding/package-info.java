/** Feeds a file of scrapes into the raw topic, and knows when everything fed is accounted for. */
@NullMarked
package io.leat.app.feeding;

import org.jspecify.annotations.NullMarked;
