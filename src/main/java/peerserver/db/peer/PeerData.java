package peerserver.db.peer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import peerserver.wire.Datom;

/** The peer library's datoms as those of the wire. */
final class PeerData {

    private PeerData() {}

    static Datom datom(datomic.Datom datom) {
        // The peer library gives attribute ids as Integer; everywhere else they are longs.
        return new Datom(datom.e(), ((Number) datom.a()).longValue(), datom.v(), datom.tx(), datom.added());
    }

    static List<Datom> datoms(Iterable<?> datoms) {
        List<Datom> copy = new ArrayList<>();
        for (Object datom : datoms) {
            copy.add(datom((datomic.Datom) datom));
        }
        return copy;
    }

    /** An entry that the peer library promises. */
    static <T> T required(Map<?, ?> report, Object key, Class<T> type) {
        return type.cast(Objects.requireNonNull(report.get(key), () -> "no " + key + " from the peer library"));
    }
}
