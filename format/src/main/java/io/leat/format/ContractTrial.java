package io.leat.format;

import io.leat.core.Limits;
import io.leat.core.Refusal;
import io.leat.core.Refusal.Code;
import io.leat.format.contract.Breach;
import io.leat.format.contract.Contract;
import io.leat.format.contract.Findings;
import io.leat.format.json.Document;
import io.leat.format.json.DocumentReader;
import io.leat.format.json.JsonKind;
import org.jspecify.annotations.Nullable;

/** Holds records against a contract, and against the one that it is to replace, and keeps count. For one thread. */
public final class ContractTrial {

    private final Contract now;
    private final @Nullable Contract old;
    private final DocumentReader reader;
    private final Findings findings = new Findings();
    private long records;
    private long broken;
    private long newlyBroken;
    private long newlyKept;

    /**
     * A trial without records.
     *
     * @param old the contract to be replaced, {@code null} if there is none
     */
    public ContractTrial(Contract now, @Nullable Contract old, Limits limits) {
        this.now = now;
        this.old = old;
        this.reader = new DocumentReader(limits);
    }

    /**
     * Takes one record.
     *
     * @param value its bytes, {@code null} if it has none
     * @param place where it stands, in words
     */
    public void take(byte @Nullable [] value, String place) {
        records++;
        Refusal unread = unread(value);
        Breach breach = unread == null ? now.broken(reader.document()) : null;
        boolean breaks = unread != null || breach != null;
        if (unread != null) {
            findings.add(unread, place);
        } else if (breach != null) {
            findings.add(ScrapeReader.refusal(breach, now.version()), place);
        }
        broken += breaks ? 1 : 0;
        if (old != null && unread == null) {
            boolean broke = old.broken(reader.document()) != null;
            newlyBroken += breaks && !broke ? 1 : 0;
            newlyKept += !breaks && broke ? 1 : 0;
        }
    }

    private @Nullable Refusal unread(byte @Nullable [] value) {
        if (value == null) {
            return Refusal.of(Code.NOT_JSON, "The record has no value.");
        }
        Refusal refusal = reader.read(value);
        return refusal != null || reader.document().kind(Document.ROOT) == JsonKind.OBJECT
                ? refusal
                : Refusal.of(Code.NOT_AN_OBJECT, "Expected a JSON object.");
    }

    /** How many records there were. */
    public long records() {
        return records;
    }

    /** How many keep the contract. */
    public long kept() {
        return records - broken;
    }

    /** How many break it, or are no JSON object at all. */
    public long broken() {
        return broken;
    }

    /** How many break it that kept the old one. */
    public long newlyBroken() {
        return newlyBroken;
    }

    /** How many keep it that broke the old one. */
    public long newlyKept() {
        return newlyKept;
    }

    /** Why they break it. */
    public Findings findings() {
        return findings;
    }
}
