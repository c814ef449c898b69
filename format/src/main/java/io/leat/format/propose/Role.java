package io.leat.format.propose;

import java.util.List;

/**
 * What one field is for.
 *
 * @param field the field
 * @param kind what it is for
 * @param presence the share of records that have it
 * @param moves how often it differs when its item is seen again
 * @param why in words
 * @param former earlier names of it
 */
record Role(Column field, Kind kind, double presence, double moves, String why, List<Column> former) {

    /** What for. */
    enum Kind {
        /** It tells a change. */
        COMPARED,
        /** It moves and means nothing. */
        IGNORED,
        /** It may mean something: a person should look. */
        OPEN
    }

    Role {
        former = List.copyOf(former);
    }
}
