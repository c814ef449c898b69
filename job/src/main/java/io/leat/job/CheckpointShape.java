package io.leat.job;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.memory.DataInputViewStreamWrapper;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.state.OperatorStateHandle;

/** What a checkpoint on this machine says of the feed file that it was made with. Nothing is started to read it. */
public final class CheckpointShape {

    private static final String METADATA = "_metadata";

    private final List<String> texts;

    private CheckpointShape(List<String> texts) {
        this.texts = texts;
    }

    /** Reads the directory of a complete checkpoint. */
    public static CheckpointShape read(Path checkpoint) throws IOException {
        CheckpointMetadata metadata;
        try (DataInputStream in = new DataInputStream(Files.newInputStream(checkpoint.resolve(METADATA)))) {
            metadata = Checkpoints.loadCheckpointMetadata(
                    in,
                    CheckpointShape.class.getClassLoader(),
                    checkpoint.toUri().toString());
        }
        List<String> texts = new ArrayList<>();
        for (OperatorState operator : metadata.getOperatorStates()) {
            for (OperatorSubtaskState task : operator.getStates()) {
                for (OperatorStateHandle handle : task.getManagedOperatorState()) {
                    read(handle, texts);
                }
            }
        }
        return new CheckpointShape(List.copyOf(texts));
    }

    private static void read(OperatorStateHandle handle, List<String> texts) throws IOException {
        OperatorStateHandle.StateMetaInfo places =
                handle.getStateNameToPartitionOffsets().get(FeedShape.STATE);
        if (places == null) {
            return;
        }
        try (FSDataInputStream in = handle.openInputStream()) {
            for (long offset : places.getOffsets()) {
                in.seek(offset);
                texts.add(StringSerializer.INSTANCE.deserialize(new DataInputViewStreamWrapper(in)));
            }
        }
    }

    /** What every task wrote. */
    List<String> texts() {
        return texts;
    }
}
