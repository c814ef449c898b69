package io.leat.format.feedfile;

/** {@code sinks[].files}. */
enum FilesKey implements FeedKey {
    FILES(
            "sinks[].files",
            "block",
            "none",
            "{path: \"s3://bucket/prices\", every: 60s}",
            "Changes are kept as JSON Lines in files, each change in exactly one, with manifests that say which files there"
                    + " are: see [files](../sinks/files.md)."),
    PATH(
            "sinks[].files.path",
            "text",
            "required",
            "s3://bucket/prices",
            "Where to: `s3://bucket` with or without a prefix, or a directory, relative to the feed file."),
    EVERY(
            "sinks[].files.every",
            "duration, 1s to 1h",
            "60s",
            "5m",
            "How often files are closed, whether anything new has come or not."),
    SIZE(
            "sinks[].files.size",
            "size: whole number and `KB`, `MB` or `GB`, 64KB to 1GB",
            "64MB",
            "16MB",
            "How many bytes of changes, before compression, close a file ahead of time."),
    COMPRESSION("sinks[].files.compression", "`gzip`, `zstd` or `none`", "gzip", "zstd", "How files are compressed."),
    BY(
            "sinks[].files.by",
            "`event_date` or `nothing`",
            "nothing",
            "event_date",
            "Sorts changes into directories by the day of their event time, in UTC: `date=2026-11-25/`."),
    ENDPOINT(
            "sinks[].files.endpoint",
            "text",
            "Amazon's",
            "https://minio.example.com:9000",
            "The address of a store that speaks S3. Whoever writes the feed file vouches for it: private addresses are"
                    + " allowed."),
    REGION(
            "sinks[].files.region",
            "text",
            "as Amazon's tools find it; `us-east-1` for an endpoint of its own",
            "eu-central-1",
            "The region of the bucket."),
    PATH_STYLE(
            "sinks[].files.path_style",
            "`true` or `false`",
            "false",
            "true",
            "Whether the bucket stands in the path of addresses, as many stores want it."),
    ACCESS_KEY(
            "sinks[].files.access_key",
            "text",
            "as Amazon's tools find it: environment, profile, role",
            "\"${S3_ACCESS_KEY}\"",
            "Who asks; together with `secret_key`."),
    SECRET_KEY(
            "sinks[].files.secret_key",
            "text",
            "as Amazon's tools find it: environment, profile, role",
            "\"${S3_SECRET_KEY}\"",
            "Proves who asks; together with `access_key`.");

    @SuppressWarnings("ImmutableEnumChecker") // a record of texts
    private final FeedKey.Text text;

    FilesKey(String path, String type, String fallback, String example, String meaning) {
        text = new FeedKey.Text(path, type, fallback, example, meaning);
    }

    @Override
    public FeedKey.Text text() {
        return text;
    }
}
