package io.leat.app.panel;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedCharSequence.ForceMode;
import org.jline.utils.AttributedString;
import org.jline.utils.InfoCmp;

/** The terminal, redrawn in place on its second page, so that what stood there before comes back at the end. */
public final class Screen implements AutoCloseable {

    private static final String SECOND_PAGE = "\033[?1049h\033[?25l";
    private static final String FIRST_PAGE = "\033[?25h\033[?1049l";
    private static final String HOME = "\033[H";
    private static final String REST_OF_LINE = "\033[K";
    private static final String REST_OF_PAGE = "\033[J";

    private final Terminal terminal;
    private final int colours;

    private Screen(Terminal terminal, int colours) {
        this.terminal = terminal;
        this.colours = colours;
    }

    /** The terminal this process has, if it can be drawn on. */
    public static Optional<Screen> open(boolean colours) {
        try {
            Terminal terminal = TerminalBuilder.builder()
                    .system(true)
                    .systemOutput(TerminalBuilder.SystemOutput.SysOut)
                    .dumb(true)
                    .nativeSignals(false)
                    .build();
            if (terminal.getType().startsWith(Terminal.TYPE_DUMB) || terminal.getColumns() < 20) {
                terminal.close();
                return Optional.empty();
            }
            terminal.writer().print(SECOND_PAGE);
            terminal.flush();
            Integer most = terminal.getNumericCapability(InfoCmp.Capability.max_colors);
            return Optional.of(new Screen(terminal, colours && most != null ? most : 0));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Something that fills a screen. */
    public interface Page {

        /** The lines from the top, none wider than the screen, no more than it has. */
        List<AttributedString> lines(int columns, int rows);
    }

    /** Draws a page. */
    public void draw(Page drawn) {
        List<AttributedString> lines = drawn.lines(terminal.getColumns(), terminal.getRows());
        StringBuilder page = new StringBuilder(HOME);
        for (int i = 0; i < lines.size(); i++) {
            AttributedString line = lines.get(i);
            page.append(i == 0 ? "" : "\r\n");
            page.append(colours > 1 ? line.toAnsi(colours, ForceMode.None) : line.toString())
                    .append(REST_OF_LINE);
        }
        terminal.writer().print(page.append(REST_OF_PAGE));
        terminal.flush();
    }

    @Override
    public void close() {
        terminal.writer().print(FIRST_PAGE);
        terminal.flush();
        try {
            terminal.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
