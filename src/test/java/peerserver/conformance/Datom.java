package peerserver.conformance;

import java.util.List;

/** A datom as the client hands it out. */
record Datom(Object e, Object a, Object v, Object tx, Object added) {

    static Datom of(Object datom) {
        return new Datom(
                Clj.get(datom, "e"),
                Clj.get(datom, "a"),
                Clj.get(datom, "v"),
                Clj.get(datom, "tx"),
                Clj.get(datom, "added"));
    }

    static List<Datom> all(Object datoms) {
        return Clj.list(datoms).stream().map(Datom::of).toList();
    }
}
