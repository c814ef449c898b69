package io.leat.delivery.guard;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Looks up names. */
@FunctionalInterface
public interface Names {

    /** All addresses of a host, never none. Fails with an {@code UnknownHostException} if there are none. */
    CompletionStage<List<InetAddress>> lookUp(String host);
}
