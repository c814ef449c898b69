package io.leat.app.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leat.core.Feed;
import io.leat.format.feedfile.FeedFile;
import io.leat.job.application.FeedApplication;
import io.leat.testkit.GeneratedPage;
import io.leat.testkit.OsProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Every key of every manifest is one that its server knows, and what they say together holds. */
class ManifestsTest {

    private static final List<String> OVERLAYS = Manifests.OVERLAYS;
    private static final String LOGIN =
            "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"leat\" password=\"p\";";
    private static final ApiSchemas WHOLE = ApiSchemas.whole();
    private static final ApiSchemas PARTIAL = ApiSchemas.partial();

    @TempDir
    private Path dir;

    @Test
    void everyKeyIsOneThatItsServerKnows() {
        List<String> problems = new ArrayList<>();
        for (Manifests.Layer layer : Manifests.layers()) {
            objects(layer.resources()).forEach(object -> problems.addAll(WHOLE.problems(object)));
            objects(layer.patches())
                    .filter(JsonNode::isObject)
                    .forEach(patch -> problems.addAll(PARTIAL.problems(patch)));
        }
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "FlinkDeployment, /spec/job, upgradeModes",
        "FlinkDeployment, /spec/podTemplate/spec/containers/0, volumeMount",
        "FlinkDeployment, /spec/taskManager/resource, memmory",
        "Deployment, /spec/template/spec/containers/0/readinessProbe, periodSecond",
        "PodDisruptionBudget, /spec, maxUnavailables",
        "NetworkPolicy, /spec, egres",
        "HorizontalPodAutoscaler, /spec, maxReplica",
        "ScaledObject, /spec, maxReplicas",
        "Kafka, /spec/kafka, metadataversion",
        "KafkaNodePool, /spec/storage/volumes/0, sizes",
        "KafkaUser, /spec/authorization/acls/0, operation",
        "PodMonitor, /spec/podMetricsEndpoints/0, intervals",
        "PrometheusRule, /spec/groups/0/rules/0, severity",
        "Service, /metadata, label"
    })
    void aPlantedWrongKeyIsRefused(String kind, String place, String key) {
        ObjectNode object = (ObjectNode) Manifests.layers().stream()
                .flatMap(layer -> objects(layer.resources()))
                .filter(any -> any.path("kind").asString().equals(kind))
                .findFirst()
                .orElseThrow();
        assertThat(WHOLE.problems(object)).isEmpty();
        ((ObjectNode) object.at(place)).put(key, "1");
        assertThat(WHOLE.problems(object)).hasSize(1).first().asString().contains(kind, key);
    }

    @Test
    void everyFileIsNamedByItsKustomization() {
        for (Manifests.Layer layer : Manifests.layers()) {
            Set<Path> named = new HashSet<>(layer.resources());
            named.addAll(layer.patches());
            layer.kustomization()
                    .path("configurations")
                    .forEach(file -> named.add(layer.directory().resolve(file.asString())));
            assertThat(named).as("%s", layer.directory()).containsExactlyInAnyOrderElementsOf(layer.found());
        }
    }

    @Test
    void theRulesAreThoseOfMonitoring() throws IOException {
        String rules = Files.readString(Path.of("../monitoring/rules.yml"));
        String below = rules.substring(rules.indexOf("groups:"))
                .lines()
                .map(line -> line.isBlank() ? "" : "  " + line)
                .collect(Collectors.joining("\n", "", "\n"));
        GeneratedPage.check(
                Manifests.ROOT.resolve("base/rules.yaml"),
                """
                # The rules of monitoring/rules.yml, as the Prometheus operator takes them.
                apiVersion: monitoring.coreos.com/v1
                kind: PrometheusRule
                metadata: {name: leat}
                spec:
                """
                        + below);
    }

    @Test
    void theFeedFileIsRightAndItsJobCanBeSplitAsTheManifestsSay() {
        FeedFile.Outcome outcome = FeedFile.read(
                Manifests.ROOT.resolve("base/feed/feed.yaml"), name -> name.equals("KAFKA_LOGIN") ? LOGIN : null);
        assertThat(outcome).isInstanceOf(FeedFile.Valid.class);
        Feed feed = ((FeedFile.Valid) outcome).feed();
        JsonNode job = one("FlinkDeployment").path("spec").path("job");
        assertThat(one("FlinkDeployment").path("metadata").path("name").asString())
                .isEqualTo(feed.name());
        assertThat(feed.log().partitions() % job.path("parallelism").asInt()).isZero();
        assertThat(job.path("entryClass").asString()).isEqualTo(FeedApplication.class.getName());
        assertThat(one("KafkaTopic").path("metadata").path("name").asString())
                .isEqualTo(feed.source().topic());
        assertThat(one("KafkaTopic").path("spec").path("partitions").asInt())
                .isEqualTo(feed.source().partitions());
        assertThat(one("ScaledObject").path("spec").path("maxReplicaCount").asInt())
                .as("more deliverers than partitions help nobody")
                .isLessThanOrEqualTo(feed.log().partitions());
    }

    /** What {@code kubectl kustomize} makes of an overlay: that is what a server gets. */
    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void whatAnOverlayComesToIsTakenToo(String overlay) {
        assumeTrue(hasKubectl());
        List<JsonNode> objects = built(overlay);
        assertThat(objects.stream().flatMap(object -> WHOLE.problems(object).stream()))
                .isEmpty();
        Set<String> kinds =
                objects.stream().map(object -> object.path("kind").asString()).collect(Collectors.toSet());
        assertThat(kinds).as("secrets are named, never given").doesNotContain("Secret");
        assertThat(objects.stream().map(ManifestsTest::namespace)).containsOnly("leat");
        for (JsonNode object : objects) {
            if (object.path("kind").asString().equals("Deployment")) {
                JsonNode container = object.at("/spec/template/spec/containers/0");
                assertThat(container.at("/livenessProbe/httpGet/path").asString())
                        .isEqualTo("/livez");
                assertThat(container.at("/readinessProbe/httpGet/path").asString())
                        .isEqualTo("/readyz");
                assertThat(object.path("spec").has("replicas"))
                        .as("the autoscaler says how many")
                        .isFalse();
            }
        }
        JsonNode kafka = objects.stream()
                .filter(object -> object.path("kind").asString().equals("Kafka"))
                .findFirst()
                .orElseThrow();
        String[] version = kafka.at("/spec/kafka/version").asString().split("\\.");
        assertThat(Integer.parseInt(version[0]) * 100 + Integer.parseInt(version[1]))
                .isGreaterThanOrEqualTo(402);
        String config = configName(objects);
        assertThat(objects.stream().filter(ManifestsTest::runsPods).map(JsonNode::toString))
                .hasSize(3)
                .allMatch(text -> text.contains("\"configMap\":{\"name\":\"" + config + "\"}"));
    }

    private static boolean runsPods(JsonNode object) {
        return Set.of("Deployment", "FlinkDeployment")
                .contains(object.path("kind").asString());
    }

    private static String configName(List<JsonNode> objects) {
        return objects.stream()
                .filter(object -> object.path("kind").asString().equals("ConfigMap"))
                .map(object -> object.at("/metadata/name").asString())
                .findFirst()
                .orElseThrow();
    }

    private static String namespace(JsonNode object) {
        return object.path("kind").asString().equals("Namespace")
                ? object.at("/metadata/name").asString()
                : object.at("/metadata/namespace").asString("");
    }

    private List<JsonNode> built(String overlay) {
        Path output = dir.resolve(overlay + ".yaml");
        try (OsProcess kubectl = OsProcess.start(
                output,
                List.of(
                        "kubectl",
                        "kustomize",
                        Manifests.ROOT.resolve("overlays/" + overlay).toString()))) {
            assertThat(kubectl.awaitExit(Duration.ofMinutes(1)))
                    .as(kubectl.said())
                    .isZero();
            return Manifests.parse(kubectl.said());
        }
    }

    private static boolean hasKubectl() {
        boolean there =
                Stream.of(System.getenv("PATH").split(":")).anyMatch(at -> Files.isExecutable(Path.of(at, "kubectl")));
        if (!there) {
            System.out.println("skipped: kubectl is not installed, so no overlay is built");
        }
        return there;
    }

    private static JsonNode one(String kind) {
        return Manifests.layers().stream()
                .flatMap(layer -> objects(layer.resources()))
                .filter(object -> object.path("kind").asString().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<JsonNode> objects(List<Path> files) {
        return files.stream().flatMap(file -> Manifests.read(file).stream());
    }
}
