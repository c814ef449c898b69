package io.leat.app.cli;

import io.leat.gateway.Gateway;
import io.leat.gateway.metrics.DeliveryFigures;
import io.leat.gateway.metrics.Meters;
import org.jspecify.annotations.Nullable;

/**
 * What a process counts, whether it shows it over HTTP or not.
 *
 * @param deliveries what its deliveries come to
 * @param meters all that it tells
 */
record ServedFigures(DeliveryFigures deliveries, Meters meters) {

    /** Of a gateway; of a process of its own if there is none. */
    static ServedFigures of(@Nullable Gateway gateway) {
        if (gateway != null) {
            return new ServedFigures(gateway.deliveries(), gateway.meters());
        }
        Meters meters = new Meters();
        DeliveryFigures deliveries = DeliveryFigures.none();
        meters.add(deliveries);
        return new ServedFigures(deliveries, meters);
    }
}
