package io.leat.format.propose;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What identifies an item.
 *
 * @param fields its fields, the site first where there are several
 * @param rest whether all else of the fields' object that does not move belongs to it, for items without a number
 * @param except the names of that object that do not
 * @param twice the share of rows that show a key again in one crawl with other values
 * @param discord how often what else names an item differs between two rows of a key
 * @param unrest how often anything that says something differs between two rows of a key
 * @param keys how many items the sample has
 * @param again how many rows show one again
 * @param filled the share of rows that have the whole key
 * @param others what else would do, best first
 */
record KeyProposal(
        List<Column> fields,
        @Nullable List<String> rest,
        List<String> except,
        double twice,
        double discord,
        double unrest,
        int keys,
        int again,
        double filled,
        List<KeyProposal> others) {

    KeyProposal {
        fields = List.copyOf(fields);
        except = List.copyOf(except);
        others = List.copyOf(others);
    }

    /** Whether it tells so little apart that nothing should be built on it. */
    boolean isHopeless() {
        return twice > 0.1;
    }

    /** Whether the rows show that it tells items apart. */
    boolean isSure() {
        return twice <= 0.01 && discord <= 0.1;
    }
}
