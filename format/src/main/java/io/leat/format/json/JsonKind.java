package io.leat.format.json;

/** What a JSON value is. */
public enum JsonKind {
    OBJECT(0, "object"),
    ARRAY(1, "array"),
    STRING(2, "string"),
    NUMBER(3, "number"),
    TRUE(4, "boolean"),
    FALSE(5, "boolean"),
    NULL(6, "null"),
    /** There is no value. */
    ABSENT(7, "absent");

    /** How a document notes it: its place in this list. */
    final int code;

    private final String word;

    JsonKind(int code, String word) {
        this.code = code;
        this.word = word;
    }

    /** Its place in tables of what holds for each kind: 0 and up. */
    public int code() {
        return code;
    }

    /** As people say it. */
    public String word() {
        return word;
    }
}
