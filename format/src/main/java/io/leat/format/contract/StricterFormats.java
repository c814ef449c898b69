package io.leat.format.contract;

import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What the general validator lets pass in some formats although their standards do not, by the name of the format. */
final class StricterFormats {

    private static final Pattern FUTURE_HOST = Pattern.compile("//\\[[vV][0-9A-Fa-f]+\\.[-A-Za-z0-9._~!$&'()*+,;=:]+]");
    private static final String TIME = "T(?:[0-9]+H(?:[0-9]+M(?:[0-9]+S)?)?|[0-9]+M(?:[0-9]+S)?|[0-9]+S)";
    private static final String DATE = "(?:[0-9]+Y(?:[0-9]+M(?:[0-9]+D)?)?|[0-9]+M(?:[0-9]+D)?|[0-9]+D)";
    private static final Pattern DURATION = Pattern.compile("P(?:[0-9]+W|%s(?:%s)?|%s)".formatted(DATE, TIME, TIME));

    private static final Map<String, Predicate<String>> RULES = Map.of(
            "duration", text -> DURATION.matcher(text).matches(),
            "hostname", HostNames::isAsciiHost,
            "idn-hostname", HostNames::isHost,
            "uri", StricterFormats::hasSoundAuthority,
            "uri-reference", StricterFormats::hasSoundAuthority,
            "iri", StricterFormats::hasSoundAuthority,
            "iri-reference", StricterFormats::hasSoundAuthority,
            "uri-template", text -> text.indexOf(' ') < 0,
            "regex", TextPattern::isPattern);

    private StricterFormats() {}

    /** The further rule of a format. */
    static Predicate<String> of(String name) {
        return RULES.getOrDefault(name, text -> true);
    }

    /** The text as the general validator should see it, where it refuses what the standard allows. */
    static String lenient(String name, String text) {
        return switch (name) {
            case "iri", "iri-reference" -> FUTURE_HOST.matcher(text).replaceFirst("//host");
            case "idn-email" -> {
                int at = text.lastIndexOf('@');
                yield at < 0 ? text : text.substring(0, at).replaceAll("[\\x{80}-\\x{9f}]", "é") + text.substring(at);
            }
            default -> text;
        };
    }

    /** RFC 3986: one user, a port of digits, and no octet of an embedded IPv4 address with a leading zero. */
    private static boolean hasSoundAuthority(String text) {
        int start = text.indexOf("//");
        int colon = text.indexOf(':');
        boolean hasAuthority = start == 0 || (start > 0 && colon == start - 1);
        if (!hasAuthority) {
            return true;
        }
        String authority = text.substring(start + 2).split("[/?#]", 2)[0];
        int user = authority.lastIndexOf('@');
        if (authority.indexOf('@') != user) {
            return false;
        }
        String host = authority.substring(user + 1);
        int bracket = host.startsWith("[") ? host.indexOf(']') : -1;
        if (bracket > 0) {
            boolean hasZero = host.contains(".") && host.substring(1, bracket).matches(".*[:.]0[0-9]+(\\..*)?");
            return !hasZero && host.substring(bracket + 1).matches("(:[0-9]*)?");
        }
        int port = host.lastIndexOf(':');
        return port < 0 || host.substring(port + 1).matches("[0-9]*");
    }
}
