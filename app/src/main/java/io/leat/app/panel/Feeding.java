package io.leat.app.panel;

import io.leat.app.feeding.Feeder.Progress;

/** How far a file has been fed, as words. */
final class Feeding {

    private Feeding() {}

    static double share(Progress progress) {
        return progress.finished() || progress.bytes() == 0
                ? 1
                : Math.min(1, (double) progress.bytesRead() / progress.bytes());
    }

    /** The same in a word. */
    static String brief(Progress progress) {
        if (progress.finished()) {
            return "done";
        }
        return progress.bytes() == 0 ? Amounts.count(progress.fed()) + " lines" : Amounts.percent(share(progress));
    }

    static String text(Progress progress, long uptimeMillis) {
        long lines = progress.fed() + progress.skipped();
        double share = share(progress);
        String skipped =
                progress.skipped() == 0 ? "" : ", %s there before".formatted(Amounts.count(progress.skipped()));
        if (progress.finished()) {
            return "%s lines%s, done".formatted(Amounts.count(lines), skipped);
        }
        if (progress.bytes() == 0) {
            return "%s lines, %s"
                    .formatted(Amounts.count(lines), Amounts.rate(lines * 1000.0 / Math.max(1, uptimeMillis)));
        }
        String left = share < 0.001 || share == 1
                ? ""
                : ", about %s left".formatted(Amounts.span(uptimeMillis * (1 - share) / share));
        return "%s lines%s, %s, %s%s"
                .formatted(
                        Amounts.count(lines),
                        skipped,
                        Amounts.percent(share),
                        Amounts.rate(lines * 1000.0 / Math.max(1, uptimeMillis)),
                        left);
    }
}
