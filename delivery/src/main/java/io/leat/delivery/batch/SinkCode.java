package io.leat.delivery.batch;

/** Why an end is written to no more. Codes are public and stable; docs/sinks tells what to do. */
public enum SinkCode {
    FILE_IS_ANOTHER(520),
    NOT_A_MANIFEST(521),
    NOT_OUR_OBJECT(522),
    TABLE_IS_ANOTHER(523),
    LOGIN_REFUSED(524),
    STATEMENT_REFUSED(525),
    EVERY_ROW_REFUSED(526);

    private final int number;

    SinkCode(int number) {
        this.number = number;
    }

    /** The code people see: {@code LEAT-520}. */
    public String code() {
        return "LEAT-" + number;
    }
}
