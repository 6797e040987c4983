package peerserver.db.local;

import clojure.lang.Indexed;
import clojure.lang.Keyword;
import clojure.lang.PersistentArrayMap;
import clojure.lang.PersistentVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import peerserver.wire.Datom;

/** Datomic Local's datoms as those of the wire. */
final class LocalData {

    private static final Keyword T = Keyword.intern("t");
    private static final Keyword DATA = Keyword.intern("data");

    private LocalData() {}

    /** A datom, whose parts the client API gives by their index. */
    static Datom datom(Object datom) {
        Indexed parts = (Indexed) datom;
        // Local gives attribute ids as Integer; everywhere else they are longs.
        return new Datom(
                part(parts, 0), ((Number) part(parts, 1)).longValue(), part(parts, 2), part(parts, 3), (Boolean)
                        part(parts, 4));
    }

    private static Object part(Indexed parts, int index) {
        return Objects.requireNonNull(parts.nth(index));
    }

    /** What Local found; where that is nothing it may say so with null. */
    static Iterable<?> items(@Nullable Object found) {
        return found == null ? List.of() : (Iterable<?>) found;
    }

    static List<Datom> datoms(Object datoms) {
        List<Datom> copy = new ArrayList<>();
        ((Iterable<?>) datoms).forEach(datom -> copy.add(datom(datom)));
        return copy;
    }

    /** A transaction of the log. */
    static Object transaction(Object transaction) {
        return new PersistentArrayMap(new Object[] {
            T, ClientApi.entry(transaction, "t"),
            DATA, PersistentVector.create(datoms(ClientApi.entry(transaction, "data")))
        });
    }

    /** The t of a row made by {@link #transaction}. */
    static Object t(Object row) {
        return ClientApi.entry(row, "t");
    }
}
