package io.leat.app.embedded;

import io.leat.core.Feed;
import io.leat.format.AlertJson;
import java.util.function.BiConsumer;

/** Writes alarms about room to a feed's alerts, if it has any. */
final class RoomAlerts implements BiConsumer<Alarm, Long> {

    private final Feed feed;
    private final AlertWriter writer;

    RoomAlerts(Feed feed, Broker broker) {
        this.feed = feed;
        this.writer = new AlertWriter(feed, broker);
    }

    @Override
    public void accept(Alarm alarm, Long atMillis) {
        String what = alarm.what().word();
        writer.write(
                AlertJson.roomId(what),
                AlertJson.room(feed.name(), what, alarm.isOver(), alarm.used(), alarm.limit(), atMillis));
    }
}
