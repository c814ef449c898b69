package io.leat.app.cli;

import io.leat.app.dlq.LetterGroups;
import io.leat.app.dlq.Letters;
import io.leat.app.embedded.Broker;
import io.leat.app.exit.Exit;
import io.leat.app.log.SafeText;
import io.leat.core.Feed;
import io.leat.format.Topics;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code leat dlq list}: how many scrapes of which site were refused, and why. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Counts refused scrapes by site, field and reason.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DlqListCommand implements Callable<Integer> {

    private static final String LINE = "%9s  %-20s  %-24s  %-20s  %-20s  %s%n";

    @Mixin
    private DlqOptions options;

    private final Surroundings around;

    DlqListCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        return options.with(around, this::list);
    }

    private Exit list(Feed feed, Broker broker) {
        LetterGroups groups = new LetterGroups(options.siteField(feed));
        new Letters(broker, Topics.of(feed).deadLetters()).forEach(options.filter(feed, null), groups::add);
        if (!options.isJson()) {
            around.out().printf(Locale.ROOT, LINE, "count", "site", "code", "field", "first", "last");
        }
        for (LetterGroups.Group group : groups.largestFirst()) {
            if (options.isJson()) {
                new Speech(around, true).object(members(group));
            } else {
                around.out()
                        .printf(
                                Locale.ROOT,
                                LINE,
                                group.count(),
                                SafeText.of(group.site()),
                                SafeText.of(group.code()),
                                group.field().isEmpty() ? "-" : SafeText.of(group.field()),
                                group.first(),
                                group.last());
            }
        }
        around.out().flush();
        return Exit.OK;
    }

    private static Map<String, Object> members(LetterGroups.Group group) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("site", group.site());
        members.put("field", group.field());
        members.put("code", group.code());
        members.put("count", group.count());
        members.put("first", group.first().toString());
        members.put("last", group.last().toString());
        return members;
    }
}
