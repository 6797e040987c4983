package peerserver.db.peer;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import peerserver.db.EngineErrors;
import peerserver.db.Rows;
import peerserver.wire.Datom;

/** Datoms as rows, read from an iterator of the peer library for as long as a condition holds. */
final class DatomRows implements Rows {

    private final Iterator<? extends datomic.Datom> datoms;
    private final Predicate<Datom> condition;
    private @Nullable Datom next;

    DatomRows(Iterator<? extends datomic.Datom> datoms, Predicate<Datom> condition) {
        this.datoms = datoms;
        this.condition = condition;
    }

    DatomRows(Iterator<? extends datomic.Datom> datoms) {
        this(datoms, datom -> true);
    }

    @Override
    public boolean hasNext() {
        if (next == null && EngineErrors.translating(datoms::hasNext)) {
            Datom candidate = EngineErrors.translating(() -> PeerData.datom(datoms.next()));
            next = condition.test(candidate) ? candidate : null;
        }
        return next != null;
    }

    @Override
    public Object next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Datom datom = Objects.requireNonNull(next);
        next = null;
        return datom;
    }

    @Override
    public Object position(Object row) {
        return row;
    }
}
