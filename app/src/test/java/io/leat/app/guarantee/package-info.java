/** The change log's guarantees, each a class: processes are killed, stopped, rescaled and robbed, a judge reads the topics. */
@NullMarked
package io.leat.app.guarantee;

import org.jspecify.annotations.NullMarked;
