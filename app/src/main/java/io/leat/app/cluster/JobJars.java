package io.leat.app.cluster;

import io.leat.job.FeedJob;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The jars of this process that a feed's job needs and a Flink cluster does not have: Leat's own modules as far as the job,
 * Flink's connectors, and their libraries.
 */
final class JobJars {

    private static final Set<String> OWN =
            Set.of("leat-core", "leat-format", "leat-job", "flink-connector-base", "flink-connector-kafka");
    private static final Pattern LISTED = Pattern.compile("(?m)^ *[^: ]+:([^: ]+):jar:");
    private static final Pattern NAMED = Pattern.compile("(.+?)-\\d.*\\.jar");

    private JobJars() {}

    /**
     * Those on a class path.
     *
     * @throws IllegalStateException if one of Leat's own is not there as a jar
     */
    static List<Path> of(String classPath) {
        Set<String> wanted = Stream.concat(OWN.stream(), libraries().stream()).collect(Collectors.toSet());
        List<Path> jars = new ArrayList<>();
        Set<String> missing = new java.util.TreeSet<>(OWN);
        for (String entry : classPath.split(File.pathSeparator)) {
            Matcher name = NAMED.matcher(String.valueOf(Path.of(entry).getFileName()));
            if (name.matches() && wanted.contains(name.group(1))) {
                jars.add(Path.of(entry).toAbsolutePath());
                missing.remove(name.group(1));
            }
        }
        if (!missing.isEmpty()) {
            throw new IllegalStateException("not on the class path as jars: " + missing);
        }
        return jars;
    }

    /** The build writes this list. */
    private static List<String> libraries() {
        try (InputStream list = FeedJob.class.getResourceAsStream("libraries.txt")) {
            String text = new String(Objects.requireNonNull(list).readAllBytes(), StandardCharsets.UTF_8);
            return LISTED.matcher(text).results().map(line -> line.group(1)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
