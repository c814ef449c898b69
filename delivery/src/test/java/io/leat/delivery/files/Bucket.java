package io.leat.delivery.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.options.CreateContainerOptions;

/** A bucket named {@code bucket} of a store that speaks S3 and is not Amazon's, on the loopback. Its objects are files. */
final class Bucket implements AutoCloseable {

    static final String ACCESS_KEY = "who";
    static final String SECRET_KEY = "proof";

    private final Path directory;
    private final S3Proxy proxy;

    private Bucket(Path directory, S3Proxy proxy) {
        this.directory = directory;
        this.proxy = proxy;
    }

    /** Serves a directory, which is made. */
    static Bucket serve(Path directory) {
        return serve(directory, 0);
    }

    /** @param port where to listen; 0 for any that is free */
    static Bucket serve(Path directory, int port) {
        try {
            Properties settings = new Properties();
            settings.setProperty(
                    "jclouds.filesystem.basedir",
                    Files.createDirectories(directory).toString());
            settings.setProperty("jclouds.identity", ACCESS_KEY);
            settings.setProperty("jclouds.credential", SECRET_KEY);
            BlobStore blobs = BlobStores.create("filesystem", settings);
            blobs.createContainer("bucket", CreateContainerOptions.NONE);
            S3Proxy proxy = S3Proxy.builder()
                    .blobStore(blobs)
                    .endpoint(URI.create("http://127.0.0.1:" + port))
                    .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, ACCESS_KEY, SECRET_KEY)
                    .build();
            proxy.start();
            return new Bucket(directory.resolve("bucket"), proxy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException("the store does not start", e);
        }
    }

    /** The port it listens on. */
    int port() {
        return proxy.getPort();
    }

    /** Where its objects lie. */
    Path directory() {
        return directory;
    }

    @Override
    public void close() {
        try {
            proxy.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the store does not stop", e);
        }
    }
}
