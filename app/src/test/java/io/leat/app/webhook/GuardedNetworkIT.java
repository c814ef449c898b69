package io.leat.app.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leat.app.process.QuickStart;
import io.leat.testkit.OsProcess;
import io.leat.testkit.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Deliveries in a network namespace of their own, whose forbidden addresses all answer: none may be connected to. */
class GuardedNetworkIT {

    private static final List<String> FORBIDDEN = List.of(
            "10.0.0.1",
            "10.255.255.254",
            "100.64.0.1",
            "127.0.0.1",
            "127.1.2.3",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.254",
            "192.0.0.192",
            "192.168.0.1",
            "192.168.1.1",
            "198.18.0.1",
            "203.0.113.7");
    private static final List<String> FORBIDDEN_V6 =
            List.of("fd00:ec2::254", "fc00::1", "2001:db8::1", "2002:7f00:1::1");
    private static final Pattern RESULT = Pattern.compile(
            "RESULT urls=(\\d+) inside=(\\d+) public=(\\d+) control=(.*) listener-sees=(\\w+) unguarded=(\\d+)");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path dir;

    @Test
    void nothingInsideIsEverConnectedToAndThePublicAddressStillIs() throws Exception {
        assumeTrue(isPermitted(), "SKIPPED guarded network: no network namespace can be made here");
        Set<String> urls = new LinkedHashSet<>(encodings());
        if (SharedData.isPresent("guard corpora")) {
            urls.addAll(corpora());
            assertThat(urls).hasSizeGreaterThan(1_100);
        }
        Path list = Files.write(dir.resolve("urls.txt"), urls);
        MatchResult result = deliver(list);
        System.out.println("R23 guard " + result.group());
        assertThat(result.group(2)).as("connections made inside").isEqualTo("0");
        assertThat(result.group(4)).as("the public control").isEqualTo("Answered[status=200, retryAfterMillis=-1]");
        assertThat(Integer.parseInt(result.group(3)))
                .as("connections to the public address")
                .isGreaterThan(20);
        assertThat(result.group(5)).as("the listeners would have seen one").isEqualTo("true");
        assertThat(Integer.parseInt(result.group(6)))
                .as("connections made inside by a guard that refuses nothing")
                .isGreaterThan(50);
    }

    private MatchResult deliver(Path urls) throws IOException, InterruptedException {
        Path keys = certificate();
        List<String> command = new ArrayList<>(List.of("unshare", "-n", "sh", "-c", script(), "sh", java()));
        command.addAll(QuickStart.options());
        for (String store : List.of("keyStore", "trustStore")) {
            command.add("-Djavax.net.ssl." + store + "=" + keys);
            command.add("-Djavax.net.ssl." + store + "Password=changeit");
        }
        command.addAll(List.of(GuardMain.class.getName(), urls.toString()));
        try (OsProcess process = OsProcess.start(dir.resolve("guard.out"), command)) {
            return process.awaitLine(RESULT, PATIENCE);
        }
    }

    private static String script() {
        StringBuilder script = new StringBuilder("ip link set lo up; ");
        FORBIDDEN.stream()
                .filter(address -> !address.startsWith("127."))
                .forEach(
                        address -> script.append("ip addr add ").append(address).append("/32 dev lo; "));
        FORBIDDEN_V6.forEach(
                address -> script.append("ip -6 addr add ").append(address).append("/128 dev lo 2>/dev/null; "));
        script.append("ip addr add ").append(GuardMain.PUBLIC).append("/32 dev lo; exec \"$@\"");
        return script.toString();
    }

    /** A self-signed certificate for the control, which only that process trusts. */
    private Path certificate() throws IOException, InterruptedException {
        Path store = dir.resolve("keys.p12");
        int exit = new ProcessBuilder(
                        java().replaceAll("java$", "keytool"),
                        "-genkeypair",
                        "-alias",
                        "a",
                        "-keyalg",
                        "EC",
                        "-storetype",
                        "PKCS12",
                        "-dname",
                        "CN=client.example",
                        "-ext",
                        "san=dns:client.example",
                        "-validity",
                        "2",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .redirectOutput(dir.resolve("keytool.out").toFile())
                .start()
                .waitFor();
        assertThat(exit).isZero();
        return store;
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static boolean isPermitted() throws InterruptedException {
        try {
            boolean permitted = new ProcessBuilder("unshare", "-n", "sh", "-c", "ip link set lo up")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
            if (!permitted) {
                System.out.println("SKIPPED guarded network: no network namespace can be made here");
            }
            return permitted;
        } catch (IOException e) {
            System.out.println("SKIPPED guarded network: there is no unshare here");
            return false;
        }
    }

    /** Each forbidden address in the ways that have fooled others. */
    private static List<String> encodings() {
        List<String> urls = new ArrayList<>();
        for (String address : FORBIDDEN) {
            String[] parts = address.split("\\.");
            long number = 0;
            for (String part : parts) {
                number = number << 8 | Integer.parseInt(part);
            }
            List<String> hosts = List.of(
                    address,
                    address + ".",
                    Long.toString(number),
                    "0x" + Long.toHexString(number),
                    "0" + Long.toOctalString(number),
                    "0x%x.0x%x.0x%x.0x%x".formatted(bytes(parts)),
                    "0%o.0%o.0%o.0%o".formatted(bytes(parts)),
                    "[::ffff:" + address + "]",
                    "[::" + address + "]",
                    "[64:ff9b::" + address + "]",
                    "[2002:%02x%02x:%02x%02x::]".formatted(bytes(parts)),
                    "user@" + address,
                    "example.com@" + address,
                    address + "#@example.com",
                    address + "?@example.com");
            for (String host : hosts) {
                for (String scheme : List.of("http://", "https://", "HTTP://")) {
                    urls.add(scheme + host + "/");
                }
            }
        }
        FORBIDDEN_V6.forEach(address -> urls.add("https://[" + address + "]/"));
        urls.add("https://[::1]/");
        urls.add("https://localhost/");
        return urls;
    }

    private static Object[] bytes(String[] parts) {
        return java.util.Arrays.stream(parts).map(Integer::valueOf).toArray();
    }

    private static List<String> corpora() throws IOException {
        Path guard = SharedData.folder().orElseThrow().resolveSibling("corpora").resolve("guard");
        List<String> urls = new ArrayList<>(Files.readAllLines(guard.resolve("ssrf-urls.txt")));
        for (JsonNode test : new JsonMapper().readTree(Files.readString(guard.resolve("wpt-urltestdata.json")))) {
            String input = test.path("input").asString("");
            if (!input.isEmpty() && input.lines().count() == 1) {
                urls.add(input);
            }
        }
        return urls;
    }
}
