package io.leat.app.exit;

/** What the command's exit code says. Public: scripts depend on it. */
public enum Exit {
    /** Done, or stopped by Ctrl-C in good order. */
    OK(0),
    /** Something failed while running. */
    RUNTIME(1),
    /** The feed file or the command line is wrong. Nothing was started. */
    FEED_FILE(2),
    /** The machine, the directory or the broker is not as it must be. */
    ENVIRONMENT(3),
    /** Ctrl-C before a command with an end of its own was done, or a second time: stopped at once. */
    INTERRUPTED(130),
    /** Asked to end by SIGTERM. */
    TERMINATED(143);

    private final int code;

    Exit(int code) {
        this.code = code;
    }

    /** The number given to the shell. */
    public int code() {
        return code;
    }
}
