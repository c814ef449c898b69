package io.leat.job;

import io.leat.core.Refusal;

/** A refused scrape as it came, and why. */
public record DeadLetter(RawRecord rec, Refusal refusal) {}
