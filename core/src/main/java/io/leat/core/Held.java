package io.leat.core;

/**
 * An implausible item that waits for a second one, or for a person.
 *
 * @param eventTime when it was extracted, microseconds since 1970
 * @param tie orders items of one moment
 * @param values the values of the fields that can be held
 * @param rejected whether a person has said that they are wrong
 */
public record Held(long eventTime, long tie, Compared values, boolean rejected) {

    /** Whether (event time, tie) lies above this item's. */
    public boolean isBelow(long otherEventTime, long otherTie) {
        return otherEventTime > eventTime || (otherEventTime == eventTime && otherTie > tie);
    }
}
