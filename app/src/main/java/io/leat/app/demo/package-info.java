/** A simulated fleet of shops that scrape into the raw topic. */
@NullMarked
package io.leat.app.demo;

import org.jspecify.annotations.NullMarked;
