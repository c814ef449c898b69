/** The jobs of feeds on a Flink cluster that runs elsewhere. */
@NullMarked
package io.leat.app.cluster;

import org.jspecify.annotations.NullMarked;
