package io.leat.gateway.http;

import java.nio.file.Path;

/**
 * Certificate and key, as PEM files.
 *
 * @param certificate the chain
 * @param key the private key
 */
public record Tls(Path certificate, Path key) {}
