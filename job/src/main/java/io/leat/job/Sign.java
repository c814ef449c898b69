package io.leat.job;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple4;

/** A sign of life: a site has sent a record, or a reader has nothing more to read. A tuple, which Flink packs by itself. */
final class Sign {

    static final TypeInformation<Tuple4<String, Long, Integer, Integer>> TYPE =
            Types.TUPLE(Types.STRING, Types.LONG, Types.INT, Types.INT);

    private Sign() {}

    /** @param millis when the broker took the record, milliseconds since 1970 */
    static Tuple4<String, Long, Integer, Integer> ofSite(String site, long millis) {
        return Tuple4.of(site, millis, 0, 0);
    }

    /** As {@link Scrape#atHead}. */
    static Tuple4<String, Long, Integer, Integer> ofReader(int reader, int readers, long millis) {
        return Tuple4.of("", millis, reader, readers);
    }
}
