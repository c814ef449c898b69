package io.leat.format.webhook;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import io.leat.format.Cel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** A condition on changes in the Common Expression Language: {@code after.price < 50 && op != 'new'}. Thread-safe. */
public final class Filter {

    /** The longest expression, in characters. */
    public static final int LONGEST = Cel.LONGEST;

    /** What a person is told of one that {@link #isSilentAboutGone}. */
    public static final String SILENT_ABOUT_GONE =
            "The condition reads 'after', which a key that is gone does not have: that is not told.";

    private static final CelCompiler COMPILER = Cel.compiler()
            .addVar("feed", SimpleType.STRING)
            .addVar("key", ListType.create(SimpleType.DYN))
            .addVar("seq", SimpleType.INT)
            .addVar("op", SimpleType.STRING)
            .addVar("changed", ListType.create(SimpleType.STRING))
            .addVar("before", SimpleType.DYN)
            .addVar("after", SimpleType.DYN)
            .addVar("event_time", SimpleType.STRING)
            .addVar("contract", SimpleType.DYN)
            .addVar("average", SimpleType.DYN)
            .setResultType(SimpleType.BOOL)
            .build();
    private static final List<String> NAMES =
            List.of("feed", "key", "seq", "op", "changed", "before", "after", "event_time", "contract", "average");

    private final CelRuntime.Program program;
    private final Set<String> names;

    private Filter(CelRuntime.Program program, Set<String> names) {
        this.program = program;
        this.names = names;
    }

    /**
     * Reads an expression.
     *
     * @throws IllegalArgumentException if it is none, with one line that says where and why
     */
    public static Filter compile(String expression) {
        try {
            CelAbstractSyntaxTree tree = COMPILER.compile(expression).getAst();
            return new Filter(Cel.RUNTIME.createProgram(tree), names(tree));
        } catch (CelValidationException e) {
            String first = e.getErrors().isEmpty()
                    ? "it does not compile"
                    : e.getErrors().get(0).getSourceLocation().getLine() + ":"
                            + (e.getErrors().get(0).getSourceLocation().getColumn() + 1) + " "
                            + e.getErrors().get(0).getMessage();
            throw new IllegalArgumentException(first, e);
        } catch (CelEvaluationException e) {
            throw new IllegalArgumentException("it does not compile", e);
        }
    }

    private static Set<String> names(CelAbstractSyntaxTree tree) {
        return CelNavigableAst.fromAst(tree)
                .getRoot()
                .allNodes()
                .filter(node -> node.getKind() == CelExpr.ExprKind.Kind.IDENT)
                .map(node -> node.expr().ident().name())
                .collect(Collectors.toSet());
    }

    /**
     * Whether it has no answer for {@code gone} and {@code reset} and may not mean that: it reads {@code after}, which is
     * null there, and looks neither at {@code op} nor at {@code before}.
     */
    public boolean isSilentAboutGone() {
        return names.contains("after") && !names.contains("op") && !names.contains("before");
    }

    /**
     * Whether the change meets the condition.
     *
     * @param change as it stands in the log
     * @return empty if there is no answer: a field it names is absent, or of another kind
     */
    public Optional<Boolean> matches(JsonNode change) {
        Map<String, Object> variables = new HashMap<>();
        for (String name : NAMES) {
            JsonNode value = change.get(name);
            variables.put(name, value == null ? dev.cel.common.values.NullValue.NULL_VALUE : Cel.value(value));
        }
        try {
            return program.eval(variables) instanceof Boolean answer ? Optional.of(answer) : Optional.empty();
        } catch (CelEvaluationException e) {
            return Optional.empty();
        }
    }
}
