package io.leat.delivery.files;

import io.leat.core.delivery.JsonFiles;
import io.leat.delivery.batch.SinkCode;
import io.leat.delivery.batch.SinkRefusal;
import io.leat.delivery.guard.Guard;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * A bucket. A file is one PutObject that fails if the name is taken. A store that does not keep to that is found out when it
 * is first written to: there, names are looked up before, and two writers at once are not told apart.
 */
final class S3Store implements ObjectStore {

    private static final Logger LOG = LoggerFactory.getLogger(S3Store.class);
    private static final String SHA256 = "leat-sha256";
    private static final String PROBE = "_manifests/.probe";
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);
    private static final Duration READ_WITHIN = Duration.ofSeconds(30);
    private static final Duration PUT_WITHIN = Duration.ofMinutes(5);
    private static final int TAKEN = 412;
    private static final int DIGITS = 64;
    private static final int MOST_ASKED = 5;
    private static final int BEING_WRITTEN = 409;
    private static final int NOT_IMPLEMENTED = 501;
    private static final int NOT_FOUND = 404;

    /** Ends calls that take too long, for all buckets: a client of its own would keep five threads for it. */
    private static final ScheduledExecutorService TIMEOUTS = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "sink-s3-timeouts");
        thread.setDaemon(true);
        return thread;
    });

    private final S3Client client;
    private final String bucket;
    private final String prefix;
    private final Path spool;
    private @Nullable Boolean fences;

    private S3Store(S3Client client, String bucket, String prefix, Path spool) {
        this.client = client;
        this.bucket = bucket;
        this.prefix = prefix;
        this.spool = spool;
    }

    /**
     * Opens it; nothing is sent.
     *
     * @param path {@code s3://bucket/prefix}
     * @throws IllegalArgumentException if it is not said where the bucket is
     */
    static S3Store open(String path, JsonFiles.Store terms, Path spool) {
        return open(path, terms, spool, null);
    }

    /** @param guard says which addresses may be connected to; {@code null} for any */
    static S3Store open(String path, JsonFiles.Store terms, Path spool, @Nullable Guard guard) {
        String rest = path.substring("s3://".length());
        int slash = rest.indexOf('/');
        String bucket = slash < 0 ? rest : rest.substring(0, slash);
        String prefix = slash < 0 ? "" : rest.substring(slash + 1);
        String directory = prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/";
        return new S3Store(client(terms, guard), bucket, directory, spool);
    }

    private static S3Client client(JsonFiles.Store terms, @Nullable Guard guard) {
        S3ClientBuilder builder = S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT_WITHIN)
                        .socketTimeout(READ_WITHIN))
                .overrideConfiguration(settings -> {
                    settings.apiCallTimeout(PUT_WITHIN).scheduledExecutorService(TIMEOUTS);
                    if (guard != null) {
                        settings.addExecutionInterceptor(new GuardedRequests(guard));
                    }
                })
                .serviceConfiguration(S3Configuration.builder()
                        .pathStyleAccessEnabled(terms.pathStyle())
                        .build());
        if (terms.endpoint() != null) {
            builder.endpointOverride(URI.create(terms.endpoint()))
                    .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                    .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
        }
        if (terms.region() != null) {
            builder.region(Region.of(terms.region()));
        }
        JsonFiles.Login login = terms.login();
        if (login != null) {
            builder.credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                    login.accessKey(), login.secretKey().text())));
        }
        try {
            return builder.build();
        } catch (SdkException e) {
            throw new IllegalArgumentException("the bucket cannot be reached as it is told: " + e.getMessage(), e);
        }
    }

    @Override
    public Path spool() throws IOException {
        Files.createDirectories(spool);
        return spool;
    }

    @Override
    public boolean create(String name, Path content, String sha256) throws IOException {
        try {
            if (!fences()) {
                return sha256(name) == null && put(name, RequestBody.fromFile(content), sha256, false);
            }
            return put(name, RequestBody.fromFile(content), sha256, true);
        } catch (SdkException e) {
            throw unreachable(e);
        }
    }

    /** Whether the store refuses to write a name that is taken; asked once. */
    private synchronized boolean fences() {
        Boolean known = fences;
        if (known == null) {
            known = probe();
            fences = known;
            if (!known) {
                LOG.warn(
                        "The store of bucket {} does not refuse to write over an object (If-None-Match):"
                                + " two processes that write at once are not told apart",
                        bucket);
            }
        }
        return known;
    }

    private boolean probe() {
        boolean[] refused = {false};
        for (int i = 0; i < 2; i++) {
            try {
                refused[0] = !put(PROBE, RequestBody.fromString("leat\n"), "", true);
            } catch (S3Exception e) {
                if (e.statusCode() == NOT_IMPLEMENTED) {
                    return false;
                }
                throw e;
            }
        }
        return refused[0];
    }

    private boolean put(String name, RequestBody content, String sha256, boolean fenced) {
        PutObjectRequest.Builder request =
                PutObjectRequest.builder().bucket(bucket).key(prefix + name).metadata(Map.of(SHA256, sha256));
        if (fenced) {
            request.ifNoneMatch("*");
        }
        try {
            client.putObject(request.build(), content);
            return true;
        } catch (S3Exception e) {
            if (e.statusCode() == TAKEN) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public @Nullable String sha256(String name) throws IOException {
        try {
            String known = null;
            for (int asked = 0; known == null && asked < MOST_ASKED; asked++) {
                String told = client.headObject(head -> head.bucket(bucket).key(prefix + name))
                        .metadata()
                        .get(SHA256);
                // Absent, or a part, also where the answer ended within its headers: the JDK's client does not mind.
                known = told == null || told.length() != DIGITS ? null : told;
            }
            if (known == null) {
                throw new SinkRefusal(
                        SinkCode.NOT_OUR_OBJECT, "the object %s is there and does not come from here".formatted(name));
            }
            return known;
        } catch (S3Exception e) {
            if (e.statusCode() == NOT_FOUND) {
                return null;
            }
            throw unreachable(e);
        } catch (SdkException e) {
            throw unreachable(e);
        }
    }

    @Override
    public byte @Nullable [] read(String name) throws IOException {
        try {
            ResponseBytes<GetObjectResponse> object =
                    client.getObjectAsBytes(get -> get.bucket(bucket).key(prefix + name));
            byte[] bytes = object.asByteArray();
            Long told = object.response().contentLength();
            if (told == null ? bytes.length == 0 : told != bytes.length) {
                throw new IOException("the store's answer ended early"); // which the JDK's client does not mind
            }
            return bytes;
        } catch (NoSuchKeyException e) {
            return null;
        } catch (SdkException e) {
            throw unreachable(e);
        }
    }

    private static IOException unreachable(SdkException e) {
        if (e.getCause() instanceof Guard.Refused) {
            throw new SinkRefusal(
                    SinkCode.ADDRESS_REFUSED, "the store has an address inside a private or reserved range");
        }
        String told = e instanceof S3Exception s3 && s3.statusCode() == BEING_WRITTEN
                ? "somebody else writes the same object"
                : String.valueOf(e.getMessage());
        return new IOException(told, e);
    }

    @Override
    public void look() throws IOException {
        try {
            fences();
        } catch (SdkException e) {
            throw unreachable(e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
