/** What a feed did over some days: what it told and kept back, how fast, and who got it. */
@NullMarked
package io.leat.app.report;

import org.jspecify.annotations.NullMarked;
