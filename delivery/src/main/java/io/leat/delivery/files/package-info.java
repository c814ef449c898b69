/** Changes as files: windows of the log written as JSON Lines to a directory or a bucket, each change in exactly one. */
@NullMarked
package io.leat.delivery.files;

import org.jspecify.annotations.NullMarked;
