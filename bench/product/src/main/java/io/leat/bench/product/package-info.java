/** The product itself as a system under test. */
@NullMarked
package io.leat.bench.product;

import org.jspecify.annotations.NullMarked;
