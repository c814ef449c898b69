package io.leat.app.faults;

/** Who reaches the brokers over wires of their own; the brokers reach each other, and the judge them, without. */
enum Link {
    CLIENT,
    JOB,
    GATEWAY,
    DELIVERER
}
