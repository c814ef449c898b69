/**
 * The independent judge: checkers, references, readers, generators and process control. Knows topics and files, and no
 * line of the product.
 */
@NullMarked
package io.leat.testkit;

import org.jspecify.annotations.NullMarked;
