import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Iterator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps the newest item of every key of a feed in a file, and takes each change once. With Jackson 3 on the class path:
 *
 * <pre>java -cp 'lib/*' ReadChanges.java 'http://127.0.0.1:8080/v1/feeds/prices/changes?since=earliest' prices.json</pre>
 */
public class ReadChanges {

    static final JsonMapper JSON = new JsonMapper();

    public static void main(String[] args) throws Exception {
        Path path = Path.of(args[1]);
        ObjectNode state = (ObjectNode)
                (Files.exists(path) ? JSON.readTree(path) : JSON.readTree("{\"cursor\":\"\",\"taken\":0,\"items\":{}}"));
        HttpClient client = HttpClient.newHttpClient();
        while (true) {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(URI.create(args[0])).header("Accept", "application/x-ndjson");
            if (!state.get("cursor").asString().isEmpty()) {
                request.header("Last-Event-ID", state.get("cursor").asString());
            }
            if (System.getenv("LEAT_KEY") != null) {
                request.header("Authorization", "Bearer " + System.getenv("LEAT_KEY"));
            }
            try {
                Iterator<String> lines = client.send(request.build(), HttpResponse.BodyHandlers.ofLines())
                        .body()
                        .iterator();
                while (lines.hasNext()) {
                    take(JSON.readTree(lines.next()), state, path);
                }
            } catch (java.io.IOException | java.io.UncheckedIOException e) {
                System.err.println(e.getMessage());
            }
            Thread.sleep(1_000); // the stream has ended: come back
        }
    }

    static void take(JsonNode line, ObjectNode state, Path path) throws java.io.IOException {
        if (line.path("event").asString("").equals("gap") || line.has("status")) {
            System.err.println("the feed no longer has all that is missing here: " + line);
            System.exit(1);
        }
        if (line.has("event")) {
            return; // a heartbeat, or another word about the stream
        }
        String key = line.get("key").toString();
        ObjectNode items = (ObjectNode) state.get("items");
        long known = items.path(key).path("seq").asLong(0);
        long seq = line.get("seq").asLong();
        if (known > 0 && seq > known + 1) {
            System.err.println("a change of " + key + " is missing before " + line.get("id"));
            System.exit(1);
        }
        if (seq > known) { // else told again, after a cursor that was lost
            ObjectNode item = items.putObject(key).put("seq", seq);
            item.set("id", line.get("id"));
            item.set("item", line.get("after"));
            state.put("taken", state.get("taken").asLong() + 1);
        }
        state.set("cursor", line.get("cursor"));
        Path next = Path.of(path + ".new"); // what was taken and how far: both or neither
        Files.writeString(next, state.toString());
        Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
