/** A random model of crashes, zombies and lost checkpoints around the real change operator. */
@NullMarked
package io.leat.job.model;

import org.jspecify.annotations.NullMarked;
