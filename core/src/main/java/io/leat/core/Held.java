package io.leat.core;

/**
 * What the newest item of a key showed, where that was implausible: it waits for a second one that agrees, or for a
 * person.
 *
 * @param values the values of the fields that can be held
 * @param rejected whether a person has said that they are wrong
 */
public record Held(Compared values, boolean rejected) {}
