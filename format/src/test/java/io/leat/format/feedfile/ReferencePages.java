package io.leat.format.feedfile;

import io.leat.core.normalize.Availabilities;
import io.leat.core.normalize.Timestamps;
import io.leat.core.normalize.Vocabulary;
import java.util.List;
import java.util.stream.Collectors;

/** Writes the pages of the reference from the tables the reader itself uses. */
final class ReferencePages {

    private static final String GENERATED =
            "<!-- Generated from code. Change the code, then run: mvn -pl core,format verify -Dleat.docs.write=true"
                    + " -->\n\n";

    private ReferencePages() {}

    static String feedFile() {
        StringBuilder page = new StringBuilder(GENERATED);
        page.append("# The feed file\n\n");
        page.append(
                "A feed is declared in one YAML file. Unknown keys, unset variables and impossible combinations are\n");
        page.append("[problems](problems.md): all of them are told at once, each with its place, and nothing is"
                + " started.\n\n");
        page.append("```yaml\n").append(Starter.feed("my-feed")).append("```\n\n");
        page.append("## Values\n\n");
        page.append("- **Field path**: names from the outside in, joined by dots: `record.price`. A dot or backslash in"
                + " a\n");
        page.append("  name is written `\\.` or `\\\\`.\n");
        page.append("- **Duration**: a whole number and one of `ms`, `s`, `m`, `h`, `d`: `500ms`, `10m`, `30d`.\n");
        page.append("- **References** in texts: `${VAR}` is an environment variable, `${VAR:default}` one with a"
                + " default,\n");
        page.append(
                "  `${file:/path}` the trimmed content of a file. A literal `${VAR}` is written `${{VAR}}`. Problems"
                        + " never\n");
        page.append("  show what a reference stands for.\n\n");
        page.append("## Keys\n");
        for (FeedKey key : FeedKeys.ALL) {
            if (key.isSupported()) {
                page.append("\n### `")
                        .append(key.path())
                        .append("`\n\n")
                        .append(key.text().meaning())
                        .append("\n\n");
                page.append("- Value: ").append(key.text().type()).append('\n');
                page.append(
                        key.text().fallback().equals("required")
                                ? "- Required\n"
                                : "- Default: " + key.text().fallback() + "\n");
                page.append("- Example: `").append(key.word().replace("[]", ""));
                page.append(": ").append(key.text().example()).append("`\n");
            }
        }
        page.append("\n## Client properties\n\n");
        page.append("`source.properties` takes these and no others: ").append(words(ClientProperties.ALLOWED));
        page.append(".\n\n`sasl.jaas.config` may name ");
        page.append(words(ClientProperties.LOGIN_MODULES.stream().sorted().toList()));
        page.append(".\n\n`sinks[].kafka.properties` takes `compression.type` and all of those but ");
        page.append(words(ClientProperties.ALLOWED.stream()
                .filter(name -> !ClientProperties.OF_SINKS.contains(name))
                .toList()));
        page.append("; its login may not name ");
        page.append(words(ClientProperties.LOGIN_MODULES.stream()
                .filter(name -> !ClientProperties.LOGIN_MODULES_OF_SINKS.contains(name))
                .toList()));
        page.append(".\n\n## Reserved\n\n");
        page.append("A later version will read these keys; this one refuses them: ");
        page.append(words(FeedKeys.ALL.stream()
                .filter(key -> !key.isSupported())
                .map(FeedKey::path)
                .toList()));
        return page.append(".\n").toString();
    }

    static String problems() {
        StringBuilder page = new StringBuilder(GENERATED);
        page.append("# Problems of a feed file\n\n");
        page.append("Each problem is one line: place, code, what is wrong, what to do.\n\n```\n");
        page.append("prices.yaml:5:27  LEAT-103  A time format cannot be 'rfc339'. Did you mean 'rfc3339'?\n```\n\n");
        page.append("A code means the same in every version. Warnings do not keep a feed from starting.\n");
        for (ProblemCode code : ProblemCode.values()) {
            page.append("\n## ")
                    .append(code.code())
                    .append("\n\n**")
                    .append(code.title())
                    .append(".** ");
            page.append(code.explanation())
                    .append(code.isWarning() ? " *(warning)*" : "")
                    .append('\n');
        }
        return page.toString();
    }

    static String words() {
        StringBuilder page = new StringBuilder(GENERATED);
        page.append("# Words that normalizers know\n\n");
        page.append("## Moments\n\n`timestamp` knows the names of months and weekdays in ");
        page.append(words(List.copyOf(Timestamps.languages())));
        page.append(".\n\n## Prices\n\n");
        page.append(
                "Words that stand beside a figure, by what they tell of it. `free` and `none` are whole texts; `times.N`"
                        + " multiplies by ten to\nthe power of N.\n\n");
        Vocabulary.of("money").forEach((sense, words) -> page.append(line(sense, words)));
        page.append("\n## Currencies\n\nHow each is written, beside its code. `!` stands before a mark that means this"
                + " currency where nothing says otherwise, `?`\nbefore one that is a word or a unit of measure too and"
                + " yields to every other.\n\n");
        Vocabulary.of("currencies").forEach((code, currency) -> {
            String marks = currency.split(";", -1)[3];
            page.append(marks.isBlank() ? "" : line(code, marks));
        });
        page.append("\n## Units\n\nA unit price is told for the base unit: how many of it each unit is.\n\n");
        Vocabulary.of("units").forEach((unit, meaning) -> page.append(line(unit.replace('_', ' '), meaning)));
        page.append("\n## Yes and no\n\n");
        Vocabulary.of("booleans").forEach((value, words) -> page.append(line(value, words)));
        page.append(
                "\n## Parameters of addresses\n\nThey say where a reader came from and are left out of a `url`; a star"
                        + " stands for any ending.\n\n");
        Vocabulary.of("tracking").forEach((name, parameters) -> page.append(line(name, parameters)));
        page.append("\n## Limits\n\nA longer text is refused as `value_unparsed`, with *longer than N characters*"
                + " as the reason. For `money` and\n`unit_price` white space counts once.\n\n");
        Vocabulary.longest().forEach((as, most) -> page.append(line(as, most + " characters")));
        page.append("\n## Availability\n\n");
        page.append("What a text means as a whole. Words that deny, doubt, ask for or postpone a state are known in the"
                + " same\n");
        page.append("languages; a state beside words that are not known is ambiguous. `feed` are the words of feeds and"
                + " shop systems;\n");
        page.append("`words` in the feed file adds those of a site.\n");
        Availabilities.phrases().forEach((language, states) -> {
            page.append("\n### `").append(language).append("`\n\n");
            states.forEach((state, phrases) -> page.append("- `")
                    .append(state.word())
                    .append("`: ")
                    .append(phrases.replace("|", ", "))
                    .append('\n'));
        });
        return page.toString();
    }

    private static String line(String name, String words) {
        return "- `" + name + "`: " + words.strip().replace("|", ", ").replace(";", ", ") + "\n";
    }

    private static String words(List<String> words) {
        return words.stream().map(word -> "`" + word + "`").collect(Collectors.joining(", "));
    }
}
