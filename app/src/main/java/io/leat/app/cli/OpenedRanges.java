package io.leat.app.cli;

import io.leat.app.exit.Exit;
import io.leat.app.exit.Failure;
import io.leat.delivery.guard.Guard;
import io.leat.delivery.guard.Network;
import io.leat.format.feedfile.Reach;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Which addresses that are not public webhooks may go to. */
final class OpenedRanges {

    private static final String ALL = "all";

    @Option(
            names = "--allow-private-webhooks",
            paramLabel = "RANGE",
            arity = "0..1",
            fallbackValue = ALL,
            split = ",",
            description = "Let webhooks go to addresses that are not public, over plain HTTP too: to these ranges, such"
                    + " as 10.1.0.0/16, or without a value to loopback and all private ranges.")
    private List<String> opened = List.of();

    /** Where webhooks may go, as far as can be said without a look-up. */
    Reach reach() {
        List<Network> ranges = ranges();
        return url -> Guard.foreseen(url, ranges);
    }

    List<Network> ranges() {
        List<Network> ranges = new ArrayList<>();
        for (String text : opened) {
            if (text.equals(ALL)) {
                ranges.addAll(Guard.PRIVATE);
                continue;
            }
            try {
                ranges.add(Network.parse(text));
            } catch (IllegalArgumentException e) {
                throw new Failure(
                        Exit.FEED_FILE,
                        "LEAT-400",
                        "'%s' is not a range of addresses.".formatted(text),
                        String.valueOf(e.getMessage()));
            }
        }
        return ranges;
    }
}
