package io.leat.bench.contract;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import io.leat.core.Feed;
import io.leat.core.FieldPath;
import io.leat.core.Limits;
import io.leat.core.Position;
import io.leat.core.Verdict;
import io.leat.format.ScrapeReader;
import io.leat.format.contract.Contract;
import io.leat.format.json.DocumentReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** One record of about 300 bytes, from its bytes to each stage that it can reach. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class ContractCost {

    private static final String RECORD =
            """
            {"event_id":"1000000000042","source":"shop-17.example","sku":"SKU-000421",\
            "url":"https://shop-17.example/p/SKU-000421?utm_source=feed",\
            "title":"Stainless steel bottle, double wall, leakproof lid, 750 ml, colour 17",\
            "price":27.95,"currency":"EUR","in_stock":true,"extracted_at":"2026-02-07T17:22:01.123456Z"}""";

    private static final String SCHEMA =
            """
            {"$schema": "https://json-schema.org/draft/2020-12/schema",
             "type": "object",
             "required": ["event_id", "source", "sku", "url", "title", "price", "currency", "in_stock", "extracted_at"],
             "properties": {
               "event_id": {"type": "string", "minLength": 1},
               "source": {"type": "string", "minLength": 1},
               "sku": {"type": "string", "minLength": 1, "maxLength": 64},
               "url": {"type": "string", "format": "uri"},
               "title": {"type": "string", "minLength": 1},
               "price": {"type": "number", "minimum": 0},
               "currency": {"enum": ["EUR", "USD", "GBP", "CHF", "PLN"]},
               "in_stock": {"type": "boolean"},
               "extracted_at": {"type": "string", "format": "date-time"}}}""";

    private static final Feed.ContractSource SOURCE = new Feed.ContractSource("v1", SCHEMA);
    private static final Position POSITION = new Position("raw", 0, 0);
    private static final long NEVER_AHEAD_MILLIS = 4_000_000_000_000L;

    private final byte[] record = RECORD.getBytes(StandardCharsets.UTF_8);
    private final JsonFactory tokens = new JsonFactory();
    private final JsonMapper tree = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private final DocumentReader reader = new DocumentReader(Limits.DEFAULT);
    private final Contract contract = Contract.compile(SOURCE);
    private Schema general;
    private ScrapeReader scrapes;

    /** Compiles what is compiled once, and makes sure that all of them judge alike. */
    @Setup
    public void prepare() {
        SchemaRegistryConfig config = SchemaRegistryConfig.builder()
                .formatAssertionsEnabled(true)
                .failFast(true)
                .build();
        general = SchemaRegistry.withDefaultDialect(
                        SpecificationVersion.DRAFT_2020_12, builder -> builder.schemaRegistryConfig(config))
                .getSchema(SCHEMA);
        scrapes = new ScrapeReader(new Feed(
                "f",
                new Feed.Source("raw", 1, Map.of()),
                List.of(SOURCE),
                List.of(
                        new Feed.KeyPart.Field(FieldPath.parse("source")),
                        new Feed.KeyPart.Field(FieldPath.parse("sku"))),
                new Feed.Time(
                        FieldPath.parse("extracted_at"), Feed.Time.Format.RFC3339, null, Feed.Time.DEFAULT_MAX_SKEW),
                new Feed.Comparison.Only(List.of(FieldPath.parse("price"), FieldPath.parse("in_stock"))),
                Feed.Log.DEFAULT));
        boolean agree =
                contract.isCompiled() && readAndContract() && treeAndLibrary() && scrape() instanceof Verdict.Kept;
        if (!agree) {
            throw new IllegalStateException("the record should be kept by all of them");
        }
    }

    /** Jackson's tokens, their texts left alone. */
    @Benchmark
    public int jacksonTokens() {
        int count = 0;
        try (JsonParser parser = tokens.createParser(ObjectReadContext.empty(), record)) {
            while (parser.nextToken() != null) {
                count++;
            }
        }
        return count;
    }

    /** Jackson's tree. */
    @Benchmark
    public Object jacksonTree() {
        return tree.readTree(record);
    }

    /** Jackson's tree held against the contract by the library. */
    @Benchmark
    public boolean treeAndLibrary() {
        return general.validate(tree.readTree(record)).isEmpty();
    }

    /** Our reading: well-formed, within limits, no name twice. */
    @Benchmark
    public Object read() {
        return reader.read(record) == null ? reader : record;
    }

    /** Our reading, and the compiled contract. */
    @Benchmark
    public boolean readAndContract() {
        return reader.read(record) == null && contract.broken(reader.document()) == null;
    }

    /** The whole of it: an item with key, time, tie, compared values and body. */
    @Benchmark
    public Object scrape() {
        return scrapes.read(record, NEVER_AHEAD_MILLIS, POSITION);
    }
}
