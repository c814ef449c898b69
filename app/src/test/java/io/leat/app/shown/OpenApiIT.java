package io.leat.app.shown;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.gateway.http.Limits;
import io.leat.testkit.PlainJson;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The served description is what the server does: every operation is there, and answers only as it says. */
class OpenApiIT {

    private static final List<String> BODIES = List.of("{\"shop\":\"a\",\"sku\":1,\"at\":1}", "[{}]", "{", "", "1");
    private static final List<String> TYPES = List.of("application/json", "application/x-ndjson", "text/plain");

    @TempDir
    private static Path dir;

    @Test
    void everyOperationAnswersAsDescribed() throws Exception {
        try (HttpRig rig = new HttpRig(dir.resolve("data"), Limits.DEFAULT)) {
            JsonNode document = PlainJson.parse(rig.get("/openapi.json").body());
            int answers = 0;
            for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
                for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                    if (!operation.getKey().equals("parameters")) {
                        for (HttpResponse<InputStream> answer : ask(rig, path.getKey(), operation.getKey())) {
                            mustBeDescribed(document, path.getKey(), operation, answer);
                            answers++;
                        }
                    }
                }
            }
            System.out.printf("openapi: %d answers, all as described%n", answers);
            assertThat(rig.get("/v2/anything").statusCode()).isEqualTo(404);
        }
    }

    private static List<HttpResponse<InputStream>> ask(HttpRig rig, String path, String method)
            throws IOException, InterruptedException {
        List<HttpResponse<InputStream>> answers = new ArrayList<>();
        for (String feed : List.of(HttpRig.NAME, "unknown")) {
            for (String body : BODIES) {
                for (String type : TYPES) {
                    var request = rig.request(path.replace("{feed}", feed), "Content-Type", type, "Accept", "*/*")
                            .method(method.toUpperCase(Locale.ROOT), BodyPublishers.ofString(body))
                            .build();
                    HttpResponse<InputStream> answer =
                            rig.http.send(request, HttpResponse.BodyHandlers.ofInputStream());
                    answer.body().close();
                    answers.add(answer);
                }
            }
        }
        return answers;
    }

    private static void mustBeDescribed(
            JsonNode document, String path, Map.Entry<String, JsonNode> operation, HttpResponse<?> answer) {
        String what = operation.getKey() + " " + path;
        JsonNode described = operation.getValue().get("responses").get(Integer.toString(answer.statusCode()));
        assertThat(described).as("%s answered %d", what, answer.statusCode()).isNotNull();
        if (described.has("$ref")) {
            described = document.at(described.get("$ref").stringValue().substring(1));
        }
        String type = answer.headers().firstValue("content-type").orElse("").replaceFirst(";.*", "");
        if (described.has("content")) {
            assertThat(described.get("content").propertyNames()).as("%s %d", what, answer.statusCode()).contains(type);
        }
    }
}
