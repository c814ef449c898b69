package io.leat.format.cel;

import static dev.cel.common.CelFunctionDecl.newFunctionDeclaration;
import static dev.cel.common.CelOverloadDecl.newMemberOverload;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import java.util.ArrayList;
import java.util.List;

/** What can be done with texts in an expression, besides what the language has: named and called as in its extensions. */
final class Texts {

    /** The longest text that may come out, in characters: replacements of replacements grow without an end. */
    private static final int LONGEST = 1 << 20;

    private Texts() {}

    static List<CelFunctionDecl> declarations() {
        return List.of(
                newFunctionDeclaration(
                        "replace",
                        newMemberOverload(
                                "text_replace",
                                SimpleType.STRING,
                                SimpleType.STRING,
                                SimpleType.STRING,
                                SimpleType.STRING)),
                newFunctionDeclaration(
                        "split",
                        newMemberOverload(
                                "text_split",
                                ListType.create(SimpleType.STRING),
                                SimpleType.STRING,
                                SimpleType.STRING)),
                newFunctionDeclaration("trim", newMemberOverload("text_trim", SimpleType.STRING, SimpleType.STRING)),
                newFunctionDeclaration(
                        "lowerAscii", newMemberOverload("text_lower", SimpleType.STRING, SimpleType.STRING)),
                newFunctionDeclaration(
                        "upperAscii", newMemberOverload("text_upper", SimpleType.STRING, SimpleType.STRING)));
    }

    static List<CelFunctionBinding> bindings() {
        return List.of(
                CelFunctionBinding.from(
                        "text_replace",
                        List.of(String.class, String.class, String.class),
                        given -> replace((String) given[0], (String) given[1], (String) given[2])),
                CelFunctionBinding.from("text_split", String.class, String.class, Texts::split),
                CelFunctionBinding.from("text_trim", String.class, String::strip),
                CelFunctionBinding.from("text_lower", String.class, text -> ascii(text, true)),
                CelFunctionBinding.from("text_upper", String.class, text -> ascii(text, false)));
    }

    private static String replace(String text, String old, String now) {
        if (old.isEmpty()) {
            throw new IllegalArgumentException("nothing to replace");
        }
        long found = 0;
        for (int at = text.indexOf(old); at >= 0; at = text.indexOf(old, at + old.length())) {
            found++;
        }
        if (text.length() + found * (now.length() - old.length()) > LONGEST) {
            throw new IllegalArgumentException("too long");
        }
        return text.replace(old, now);
    }

    private static List<String> split(String text, String mark) {
        if (mark.isEmpty()) {
            throw new IllegalArgumentException("nothing to split at");
        }
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, from)) {
            parts.add(text.substring(from, at));
            from = at + mark.length();
        }
        parts.add(text.substring(from));
        return parts;
    }

    private static String ascii(String text, boolean lower) {
        StringBuilder changed = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            changed.append(each > 127 ? each : lower ? Character.toLowerCase(each) : Character.toUpperCase(each));
        }
        return changed.toString();
    }
}
