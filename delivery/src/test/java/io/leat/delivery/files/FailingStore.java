package io.leat.delivery.files;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** A store that fails at chosen calls, before or after it has done what was asked. */
final class FailingStore implements ObjectStore {

    private final ObjectStore store;
    private final IntPredicate failsBefore;
    private final IntPredicate failsAfter;
    private int calls;

    FailingStore(ObjectStore store, IntPredicate failsBefore, IntPredicate failsAfter) {
        this.store = store;
        this.failsBefore = failsBefore;
        this.failsAfter = failsAfter;
    }

    int calls() {
        return calls;
    }

    @Override
    public Path spool() throws IOException {
        return store.spool();
    }

    @Override
    public boolean create(String name, Path content, String sha256) throws IOException {
        int call = calls++;
        if (failsBefore.test(call)) {
            throw new IOException("failed before");
        }
        boolean made = store.create(name, content, sha256);
        if (failsAfter.test(call)) {
            throw new IOException("failed after");
        }
        return made;
    }

    @Override
    public @Nullable String sha256(String name) throws IOException {
        return store.sha256(name);
    }

    @Override
    public byte @Nullable [] read(String name) throws IOException {
        return store.read(name);
    }

    @Override
    public void look() throws IOException {
        store.look();
    }

    @Override
    public void close() {
        store.close();
    }
}
