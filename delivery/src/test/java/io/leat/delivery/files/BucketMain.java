package io.leat.delivery.files;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A {@link Bucket} as a process: its arguments are its directory and its port, its one line says the port. */
public final class BucketMain {

    private BucketMain() {}

    public static void main(String[] args) throws InterruptedException {
        try (Bucket bucket = Bucket.serve(Path.of(args[0]), Integer.parseInt(args[1]))) {
            System.out.println("STORE " + bucket.port());
            new CountDownLatch(1).await();
        }
    }
}
