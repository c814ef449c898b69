/** Scrapes over HTTP into a feed's raw topic: bounded, and answered only after the log has them. */
@NullMarked
package io.leat.gateway.ingest;

import org.jspecify.annotations.NullMarked;
