package io.leat.core.normalize;

/** Resolves the dot segments of a path, as RFC 3986 section 5.2.4 does. */
final class UrlPath {

    private UrlPath() {}

    /** Appends a path that is empty or starts with a slash. */
    static void append(String path, StringBuilder out) {
        if (!path.isEmpty() && !path.contains("/.")) {
            out.append(path);
            return;
        }
        int root = out.length();
        int from = 0;
        while (from < path.length()) {
            int slash = path.indexOf('/', from + 1);
            int to = slash < 0 ? path.length() : slash;
            int length = to - from;
            boolean isHere = length == 2 && path.charAt(from + 1) == '.';
            boolean isUp = length == 3 && path.startsWith("..", from + 1);
            if (isUp) {
                out.setLength(Math.max(root, lastSlash(out, root)));
            }
            if (!isHere && !isUp) {
                out.append(path, from, to);
            } else if (to == path.length()) {
                out.append('/');
            }
            from = to;
        }
        if (out.length() == root) {
            out.append('/');
        }
    }

    private static int lastSlash(StringBuilder out, int root) {
        int at = out.length() - 1;
        while (at >= root && out.charAt(at) != '/') {
            at--;
        }
        return at;
    }
}
