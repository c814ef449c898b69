package io.leat.app.doctor;

import io.leat.app.embedded.DataDirectory;
import io.leat.app.exit.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks at this machine. Leaves nothing behind. */
public final class MachineLook {

    private MachineLook() {}

    /**
     * What is there.
     *
     * @param kafkaPort where the embedded broker would listen; 0 if there is none
     */
    public static Machine at(Path data, int kafkaPort, int httpPort) {
        Path there = data.toAbsolutePath();
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        return new Machine(
                Runtime.version().feature(),
                Runtime.getRuntime().maxMemory(),
                data,
                Files.isDirectory(there) && Files.isWritable(there),
                there.toFile().getUsableSpace(),
                used(data),
                holder(data),
                kafkaPort,
                isFree(kafkaPort),
                httpPort,
                isFree(httpPort));
    }

    private static long used(Path data) {
        if (!Files.isDirectory(data)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(data)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        } catch (IOException | UncheckedIOException e) {
            return 0; // files come and go while a run is at work
        }
    }

    @SuppressWarnings("try") // to have it for a moment is all
    private static @Nullable String holder(Path data) {
        if (!Files.isDirectory(DataDirectory.kafka(data))) {
            return null;
        }
        try (DataDirectory taken = DataDirectory.take(data)) {
            return null;
        } catch (Failure e) {
            return e.code().equals("LEAT-402") ? e.sentence() : null;
        }
    }

    private static boolean isFree(int port) {
        if (port == 0) {
            return true;
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true); // as the broker and the gateway do
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
