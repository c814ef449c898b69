/** What an end keeps to that takes changes in batches: a batch with its place in the log, made durable, then the cursor. */
@NullMarked
package io.leat.delivery.batch;

import org.jspecify.annotations.NullMarked;
