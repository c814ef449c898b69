package io.leat.core.drift;

/** Takes what is remembered apart, or puts it together again: each call gives the value to go on with. */
public interface Parts {

    double number(double value);

    long whole(long value);

    String text(String value);
}
