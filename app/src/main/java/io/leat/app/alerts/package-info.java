/** Takes alerts to where people look: Alertmanager. */
@NullMarked
package io.leat.app.alerts;

import org.jspecify.annotations.NullMarked;
