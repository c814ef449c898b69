package io.leat.delivery.batch;

/** Why an end is written to no more. Codes are public and stable; docs/sinks tells what to do. */
public enum SinkCode {
    FILE_IS_ANOTHER(520),
    NOT_A_MANIFEST(521),
    NOT_OUR_OBJECT(522),
    TABLE_IS_ANOTHER(523),
    LOGIN_REFUSED(524),
    STATEMENT_REFUSED(525),
    EVERY_ROW_REFUSED(526),
    TOPIC_IS_ANOTHER(527),
    CLUSTER_REFUSES_US(528),
    CHANGE_REFUSED(529),
    BROKER_TOO_OLD(530),
    ADDRESS_REFUSED(531),
    CLIENT_NOT_MADE(532),
    TRANSACTION_HANGS(534);

    private final int number;

    SinkCode(int number) {
        this.number = number;
    }

    /** The code people see: {@code LEAT-520}. */
    public String code() {
        return "LEAT-" + number;
    }
}
