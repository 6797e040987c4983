package peerserver.db;

import clojure.lang.Keyword;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import peerserver.wire.Datom;

/** An index of datoms, with the order of its components. */
public enum Index {
    EAVT,
    AEVT,
    AVET,
    VAET;

    private final Keyword keyword = Keyword.intern(null, name().toLowerCase(Locale.ROOT));

    /** The index of that keyword, for example {@code :eavt}. */
    public static Optional<Index> named(@Nullable Object keyword) {
        for (Index index : values()) {
            if (index.keyword.equals(keyword)) {
                return Optional.of(index);
            }
        }
        return Optional.empty();
    }

    /** The keyword that names this index in Datomic. */
    public Keyword keyword() {
        return keyword;
    }

    /** The letters of its components as they stand in this index, for example {@code aev}. */
    public String letters() {
        return keyword.getName().substring(0, 3);
    }

    /** Entity, attribute and value of a datom, in this index's order. */
    public List<Object> components(Datom datom) {
        return switch (this) {
            case EAVT -> List.of(datom.e(), datom.a(), datom.v());
            case AEVT -> List.of(datom.a(), datom.e(), datom.v());
            case AVET -> List.of(datom.a(), datom.v(), datom.e());
            case VAET -> List.of(datom.v(), datom.a(), datom.e());
        };
    }
}
