package io.leat.app.shown;

import java.util.LinkedHashMap;
import java.util.Map;

/** Requests that two programs on the way could read as different ones: each carries another one hidden in it. */
final class Ambiguous {

    /** Stands for a request that only one of the two would see. */
    private static final String HIDDEN = "GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private static final String CHUNKED = "Transfer-Encoding: chunked\r\n";
    private static final String CHUNKS = "\r\n2\r\n{}\r\n0\r\n\r\n";

    private Ambiguous() {}

    /** Each as it goes over the wire, by what is wrong with it. */
    static Map<String, String> posts(String path) {
        String post = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
        Map<String, String> requests = new LinkedHashMap<>();
        requests.put("length and chunks", post + "Content-Length: 2\r\n" + CHUNKED + CHUNKS);
        requests.put("chunks and length", post + CHUNKED + "Content-Length: 2\r\n" + CHUNKS);
        requests.put("chunks in a long length", post + CHUNKED + "Content-Length: 60\r\n" + CHUNKS);
        requests.put("two lengths", post + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{} ");
        requests.put("a list of lengths", post + "Content-Length: 2, 3\r\n\r\n{} ");
        requests.put("a signed length", post + "Content-Length: +2\r\n\r\n{}");
        requests.put("a negative length", post + "Content-Length: -2\r\n\r\n{}");
        requests.put("a length in hexadecimal", post + "Content-Length: 0x2\r\n\r\n{}");
        requests.put("a length with a fraction", post + "Content-Length: 2.0\r\n\r\n{}");
        requests.put("an empty length", post + "Content-Length: \r\n\r\n{}");
        requests.put("a length in other digits", post + "Content-Length: \u00b2\r\n\r\n{}");
        requests.put("chunked twice", post + "Transfer-Encoding: chunked, chunked\r\n" + CHUNKS);
        requests.put("chunked in two headers", post + CHUNKED + CHUNKED + CHUNKS);
        requests.put("chunked not last", post + "Transfer-Encoding: chunked, identity\r\n" + CHUNKS);
        requests.put("another coding too", post + "Transfer-Encoding: gzip, chunked\r\n" + CHUNKS);
        requests.put("obscured chunked", post + "Transfer-Encoding: xchunked\r\n" + CHUNKS);
        requests.put("quoted chunked", post + "Transfer-Encoding: \"chunked\"\r\n" + CHUNKS);
        requests.put("chunked after a tab", post + "Transfer-Encoding:\u000bchunked\r\n" + CHUNKS);
        requests.put("space before the colon", post + "Content-Length : 2\r\n\r\n{}");
        requests.put("space before the name", post + " Content-Length: 2\r\n\r\n{}");
        requests.put("a folded header", post + "X-A: b\r\n Content-Length: 2\r\n\r\n{}");
        requests.put("a header without a colon", post + "Content-Length\r\nContent-Length: 2\r\n\r\n{}");
        requests.put("a header without a name", post + ": 9\r\nContent-Length: 2\r\n\r\n{}");
        requests.put("bare line feeds", post.replace("\r\n", "\n") + "Content-Length: 2\n\n{}");
        requests.put("a bare line feed in a header", post + "X-A: b\nContent-Length: 2\r\n\r\n{}");
        requests.put("a bare carriage return", post + "X-A: b\rContent-Length: 2\r\n\r\n{}");
        requests.put("a NUL in a header", post + "X-A: a\0b\r\nContent-Length: 2\r\n\r\n{}");
        requests.put("a NUL in a name", post + "X\0A: a\r\nContent-Length: 2\r\n\r\n{}");
        requests.put("no host", post.replace("Host: localhost\r\n", "") + "Content-Length: 2\r\n\r\n{}");
        requests.put("two hosts", post + "Host: other\r\nContent-Length: 2\r\n\r\n{}");
        requests.put(
                "another host in the target",
                post.replace("POST /", "POST http://other/") + "Content-Length: 2\r\n\r\n{}");
        requests.put("two targets", post.replace(" HTTP/1.1", " /livez HTTP/1.1") + "Content-Length: 2\r\n\r\n{}");
        requests.put("no version", post.replace(" HTTP/1.1", "") + "Content-Length: 2\r\n\r\n{}");
        requests.put("an unknown version", post.replace("HTTP/1.1", "HTTP/1.9") + "Content-Length: 2\r\n\r\n{}");
        requests.put("HTTP/1.0 with chunks", post.replace("1.1", "1.0") + CHUNKED + CHUNKS);
        requests.put("a chunk size in C", post + CHUNKED + "\r\n0x2\r\n{}\r\n0\r\n\r\n");
        requests.put("a signed chunk size", post + CHUNKED + "\r\n+2\r\n{}\r\n0\r\n\r\n");
        requests.put("a negative chunk size", post + CHUNKED + "\r\n-2\r\n{}\r\n0\r\n\r\n");
        requests.put("no chunk size", post + CHUNKED + "\r\n\r\n{}\r\n0\r\n\r\n");
        requests.put("a huge chunk size", post + CHUNKED + "\r\nffffffffffffffff2\r\n{}\r\n0\r\n\r\n");
        requests.put("a chunk ended by a line feed", post + CHUNKED + "\r\n2\n{}\n0\n\n");
        requests.put("more than the chunk", post + CHUNKED + "\r\n2\r\n{}xx\r\n0\r\n\r\n");
        requests.put("a line feed in a chunk's extension", post + CHUNKED + "\r\n2;a\nb\r\n{}\r\n0\r\n\r\n");
        requests.replaceAll((what, request) -> request + HIDDEN);
        return requests;
    }
}
