/** The names of everything that is measured, each declared once with its unit and meaning. */
@NullMarked
package io.leat.format.metrics;

import org.jspecify.annotations.NullMarked;
