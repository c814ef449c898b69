package io.leat.app.process;

import io.leat.testkit.OsProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The product as a process of its own, which serves any free port of this machine and may post to it. */
public final class LeatProcess {

    private LeatProcess() {}

    /** Runs a feed with a broker of its own; everything it keeps is in a directory. */
    public static OsProcess run(Path dir, Path feed) throws IOException {
        return start(dir.resolve("run.out"), dir.resolve("data"), "run", feed.toString(), "--port", "0");
    }

    /**
     * Delivers what a feed tells.
     *
     * @param name of the process among those of the directory
     */
    public static OsProcess deliver(Path dir, String name, Path feed, String bootstrap) throws IOException {
        return start(
                dir.resolve(name + ".out"),
                dir.resolve("deliver"),
                "deliver",
                feed.toString(),
                "--kafka",
                bootstrap,
                "--log",
                dir.resolve("deliver.log").toString());
    }

    private static OsProcess start(Path out, Path data, String... command) throws IOException {
        List<String> line = new ArrayList<>(List.of(command));
        Collections.addAll(line, "--http", "127.0.0.1:0", "--data", data.toString(), "--allow-private-webhooks");
        return OsProcess.java(out, QuickStart.options(), "io.leat.app.Leat", line);
    }
}
