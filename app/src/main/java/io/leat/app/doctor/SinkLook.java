package io.leat.app.doctor;

import io.leat.core.delivery.JsonFiles;
import io.leat.core.delivery.KafkaTopic;
import io.leat.core.delivery.Postgres;
import io.leat.core.delivery.Subscription;
import io.leat.core.delivery.Webhook;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Looks whether somebody listens where sinks lead to. Sends nothing. */
public final class SinkLook {

    private static final int PATIENCE_MILLIS = 5_000;
    private static final int HTTPS = 443;
    private static final int HTTP = 80;
    private static final int POSTGRES = 5432;

    private SinkLook() {}

    /** What is at the end of a sink. */
    public static SinkEnd at(Subscription subscription) {
        String name = subscription.name();
        if (subscription.sink() instanceof Webhook webhook) {
            return connect(name, URI.create(webhook.url()));
        }
        if (subscription.sink() instanceof Postgres postgres) {
            return connect(name, URI.create(postgres.url()));
        }
        if (subscription.sink() instanceof KafkaTopic topic) {
            return anyOf(name, List.of(topic.bootstrap().split(",")));
        }
        JsonFiles files = (JsonFiles) subscription.sink();
        JsonFiles.Store store = files.store();
        if (store == null) {
            return directory(name, Path.of(files.path()));
        }
        String endpoint = store.endpoint();
        return connect(
                name,
                URI.create(
                        endpoint != null
                                ? endpoint
                                : "https://s3.%s.amazonaws.com"
                                        .formatted(store.region() == null ? "us-east-1" : store.region())));
    }

    /** A cluster is there if one of the servers is that are named for it. */
    private static SinkEnd anyOf(String name, List<String> servers) {
        List<SinkEnd> away = new ArrayList<>();
        for (String server : servers) {
            SinkEnd end = connect(name, URI.create("kafka://" + server));
            if (end.trouble() == null) {
                return end;
            }
            away.add(end);
        }
        return away.get(0);
    }

    private static SinkEnd directory(String name, Path directory) {
        Path there = directory;
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        boolean isWritable = Files.isDirectory(there) && Files.isWritable(there);
        return new SinkEnd(name, directory.toString(), isWritable ? null : "it cannot be written");
    }

    private static SinkEnd connect(String name, URI address) {
        int usual =
                "postgresql".equals(address.getScheme()) ? POSTGRES : "http".equals(address.getScheme()) ? HTTP : HTTPS;
        int port = address.getPort() < 0 ? usual : address.getPort();
        String where = address.getHost() + ":" + port;
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.getHost(), port), PATIENCE_MILLIS);
            return new SinkEnd(name, where, null);
        } catch (UnknownHostException e) {
            return new SinkEnd(name, where, "the name is not known");
        } catch (IOException | IllegalArgumentException e) {
            return new SinkEnd(name, where, String.valueOf(e.getMessage()));
        }
    }
}
