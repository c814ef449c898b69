package io.leat.gateway.access;

import java.util.List;

/**
 * Whoever sent a request.
 *
 * @param id the key's id; where no keys are needed, the address
 * @param grants what it may do
 */
public record Caller(String id, List<Scope.Grant> grants) {

    public Caller {
        grants = List.copyOf(grants);
    }

    /** Whether it may do this with that feed. */
    public boolean may(String feed, Scope scope) {
        return grants.stream().anyMatch(grant -> grant.covers(feed, scope));
    }
}
