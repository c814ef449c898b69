package io.leat.delivery.postgres;

import java.time.Duration;

/**
 * How long a database is waited for.
 *
 * @param statement for one statement
 * @param lock for a lock that somebody else has: short, so that a locked table holds no thread for long
 * @param silence for a connection that says nothing; longer than a statement may take
 */
record Patience(Duration statement, Duration lock, Duration silence) {

    static final Patience USUAL = new Patience(Duration.ofSeconds(30), Duration.ofSeconds(2), Duration.ofSeconds(40));

    /** Has the transaction that begins with it end by itself, whatever becomes of us, and read what others have committed. */
    String limits() {
        return "SET TRANSACTION ISOLATION LEVEL READ COMMITTED; SET LOCAL statement_timeout = %s; SET LOCAL lock_timeout = %s;"
                        .formatted(statement.toMillis(), lock.toMillis())
                + " SET LOCAL idle_in_transaction_session_timeout = %s".formatted(statement.toMillis());
    }
}
