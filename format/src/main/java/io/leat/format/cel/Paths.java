package io.leat.format.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What an expression speaks of. */
final class Paths {

    private Paths() {}

    /** The names in it. */
    static Set<String> names(CelAbstractSyntaxTree tree) {
        return CelNavigableAst.fromAst(tree)
                .getRoot()
                .allNodes()
                .filter(node -> node.getKind() == Kind.IDENT)
                .map(node -> node.expr().ident().name())
                .collect(Collectors.toSet());
    }

    /** The fields it reads, each with all that leads to it, but for those it asks {@code has} of. */
    static Set<List<String>> needed(CelAbstractSyntaxTree tree) {
        Set<List<String>> read = new HashSet<>();
        Set<List<String>> asked = new HashSet<>();
        CelNavigableAst.fromAst(tree)
                .getRoot()
                .allNodes()
                .filter(node -> node.getKind() == Kind.SELECT)
                .map(CelNavigableExpr::expr)
                .forEach(select -> {
                    List<String> path = path(select);
                    if (path != null) {
                        (select.select().testOnly() ? asked : read).add(path);
                    }
                });
        read.removeIf(path -> asked.stream().anyMatch(has -> startsWith(path, has) || startsWith(has, path)));
        return Set.copyOf(read);
    }

    private static boolean startsWith(List<String> path, List<String> start) {
        return path.size() >= start.size() && path.subList(0, start.size()).equals(start);
    }

    private static @org.jspecify.annotations.Nullable List<String> path(CelExpr expr) {
        List<String> names = new ArrayList<>();
        CelExpr at = expr;
        while (at.getKind() == Kind.SELECT) {
            names.add(0, at.select().field());
            at = at.select().operand();
        }
        if (at.getKind() != Kind.IDENT) {
            return null;
        }
        names.add(0, at.ident().name());
        return List.copyOf(names);
    }
}
