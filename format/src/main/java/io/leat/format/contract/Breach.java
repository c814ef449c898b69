package io.leat.format.contract;

import io.leat.core.Refusal.Code;

/**
 * What a record breaks.
 *
 * @param code {@link Code#CONTRACT_BROKEN}; {@link Code#CONTRACT_TOO_COSTLY} or {@link Code#INTERNAL} if it could not be
 *     judged
 * @param field the dotted path of the field at fault; empty if it is the record as a whole
 * @param rule the keyword of the schema
 * @param expected what the rule asks for, in a few words
 * @param found what stands there instead, as canonical JSON; of any length, and written by a stranger
 */
public record Breach(Code code, String field, String rule, String expected, String found) {}
