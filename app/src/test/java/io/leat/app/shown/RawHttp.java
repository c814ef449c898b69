package io.leat.app.shown;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** HTTP/1.1 byte by byte, for requests that no client would send. Characters are bytes. */
final class RawHttp {

    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3}) ");

    private RawHttp() {}

    /**
     * What came back.
     *
     * @param status 0 if there was no answer
     * @param text all of it; of a stream what came with the headers
     */
    record Answer(int status, String text) {

        /** A header's value, empty if it is absent. */
        String header(String name) {
            Matcher line = Pattern.compile("(?im)^" + Pattern.quote(name) + ":[ ]*(.*?)\r?$")
                    .matcher(head());
            return line.find() ? line.group(1) : "";
        }

        String mediaType() {
            return header("content-type").replaceFirst(";.*", "");
        }

        String body() {
            return text.substring(Math.min(text.length(), head().length() + 4));
        }

        private String head() {
            int end = text.indexOf("\r\n\r\n");
            return end < 0 ? text : text.substring(0, end);
        }

        private boolean isWhole() {
            if (!text.contains("\r\n\r\n")) {
                return false;
            }
            String length = header("content-length");
            return length.isEmpty() || body().length() >= Integer.parseInt(length);
        }
    }

    /** Sends a request on a connection of its own and gives what is answered first, within some time. */
    static Answer ask(int port, String request, Duration patience) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(Math.toIntExact(patience.toMillis()));
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return read(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Answer read(InputStream in) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] piece = new byte[8_192];
        Answer answer = new Answer(0, "");
        try {
            for (int count = in.read(piece); count >= 0 && !answer.isWhole(); count = in.read(piece)) {
                bytes.write(piece, 0, count);
                String text = bytes.toString(StandardCharsets.ISO_8859_1);
                Matcher status = STATUS.matcher(text);
                answer = new Answer(status.lookingAt() ? Integer.parseInt(status.group(1)) : 0, text);
                if (answer.isWhole()) {
                    return answer;
                }
            }
        } catch (SocketTimeoutException | java.net.SocketException e) {
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return answer;
    }
}
