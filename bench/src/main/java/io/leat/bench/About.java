package io.leat.bench;

import io.leat.bench.process.BrokerMain;
import io.leat.bench.process.Processes;
import io.leat.bench.result.Machine;
import io.leat.core.Feed;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.runtime.util.EnvironmentInformation;

/** What a result must tell so that it can be made again. */
final class About {

    private About() {}

    static Map<String, String> of(Options options, Processes processes) {
        Map<String, String> about = new LinkedHashMap<>();
        about.put("finished", Instant.now().toString());
        about.putAll(Machine.describe());
        about.put("Flink", EnvironmentInformation.getVersion());
        about.put("Kafka of broker, driver and leat", processes.kafkaOf(""));
        about.put("Kafka of flink", processes.kafkaOf("flink-sink"));
        about.put("Kafka of streams", processes.kafkaOf("streams"));
        about.put("JVM of every process but the driver", String.join(" ", Processes.JVM));
        about.put(
                "broker, beyond defaults",
                BrokerMain.differences("20, with @1: 1").toString());
        about.put("commit_every", Feed.Log.DEFAULT.commitEvery().toMillis() + " ms");
        about.put("rotations", Integer.toString(options.rotations()));
        about.put("first seed", Long.toString(options.seed()));
        about.put("keys", Integer.toString(options.keys()));
        about.put("warm-up", options.warmUp() + " records, then " + options.leadInSeconds() + " s at each pace");
        about.put("each cell", options.seconds() + " s");
        about.put("drain", options.drain() + " records");
        return about;
    }
}
