package io.leat.format.feedfile;

import io.leat.format.Quote;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * Fills in {@code ${VAR}}, {@code ${VAR:default}} and {@code ${file:/path}}; {@code ${{VAR}}} stands for a literal
 * {@code ${VAR}}. What was filled in is not read again, and no problem quotes it.
 */
final class References {

    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final String FILE = "file:";
    private static final String FORMS =
            "Write ${VAR}, ${VAR:default} or ${file:/path}; for a literal ${VAR} write ${{VAR}}.";

    private final Path directory;
    private final UnaryOperator<@Nullable String> environment;
    private final Problems problems;
    private final boolean literal;

    References(Path directory, UnaryOperator<@Nullable String> environment, Problems problems) {
        this(directory, environment, problems, false);
    }

    private References(
            Path directory, UnaryOperator<@Nullable String> environment, Problems problems, boolean literal) {
        this.directory = directory;
        this.environment = environment;
        this.problems = problems;
        this.literal = literal;
    }

    /** For texts of strangers: nothing is filled in, and no problem quotes any of them. */
    static References none(Problems problems) {
        return new References(Path.of("/"), name -> null, problems, true);
    }

    /** The text with its references filled in, {@code null} if one could not be: that has been reported. */
    @Nullable
    Text fill(ScalarNode node) {
        String raw = node.getValue();
        if (literal) {
            return new Text(node, raw, true);
        }
        StringBuilder out = new StringBuilder();
        boolean filled = false;
        boolean failed = false;
        int at = 0;
        for (int open = raw.indexOf("${"); open >= 0; open = raw.indexOf("${", at)) {
            out.append(raw, at, open);
            boolean literal = raw.startsWith("{", open + 2);
            String ending = literal ? "}}" : "}";
            int start = open + (literal ? 3 : 2);
            int close = raw.indexOf(ending, start);
            if (close < 0) {
                problems.add(node, ProblemCode.BAD_REFERENCE, "A reference is not closed.", FORMS);
                return null;
            }
            String inner = raw.substring(start, close);
            if (literal) {
                out.append("${").append(inner).append('}');
            } else {
                String value = resolve(node, inner);
                failed |= value == null;
                filled = true;
                out.append(value);
            }
            at = close + ending.length();
        }
        return failed ? null : new Text(node, out.append(raw, at, raw.length()).toString(), filled);
    }

    private @Nullable String resolve(ScalarNode node, String inner) {
        if (inner.startsWith(FILE)) {
            return file(node, inner.substring(FILE.length()));
        }
        int colon = inner.indexOf(':');
        String name = colon < 0 ? inner : inner.substring(0, colon);
        if (!VARIABLE.matcher(name).matches()) {
            problems.add(
                    node, ProblemCode.BAD_REFERENCE, "'" + Quote.shorten(name) + "' is not a variable's name.", FORMS);
            return null;
        }
        if (name.equals("env") && colon >= 0) {
            problems.add(
                    node,
                    ProblemCode.BAD_REFERENCE,
                    "A reference to a variable has no 'env:' before its name.",
                    "Write ${" + Quote.shorten(inner.substring(colon + 1)) + "}.");
            return null;
        }
        String value = environment.apply(name);
        if (value == null && colon < 0) {
            problems.add(
                    node,
                    ProblemCode.UNSET_VARIABLE,
                    "The variable '" + Quote.shorten(name) + "' is not set.",
                    "Set it, or give a default: ${" + Quote.shorten(name) + ":default}.");
            return null;
        }
        return value == null ? inner.substring(colon + 1) : value;
    }

    private @Nullable String file(ScalarNode node, String name) {
        String reason;
        try {
            return SecretFile.read(directory.resolve(name));
        } catch (SecretFile.Unreadable e) {
            reason = String.valueOf(e.getMessage());
        } catch (InvalidPathException e) {
            reason = "cannot be read";
        }
        problems.add(
                node,
                ProblemCode.SECRET_UNREADABLE,
                "The file '" + Quote.shorten(name) + "' " + reason + ".",
                "Check the path and its permissions.");
        return null;
    }
}
