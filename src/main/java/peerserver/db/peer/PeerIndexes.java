package peerserver.db.peer;

import datomic.Database;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import peerserver.db.EngineErrors;
import peerserver.db.Index;
import peerserver.db.IndexScan;
import peerserver.db.Resume;
import peerserver.db.RowOrder;
import peerserver.db.Rows;
import peerserver.wire.AnomalyException;
import peerserver.wire.Datom;

/**
 * Readings of the indexes of one db value. A reading that is resumed seeks the datom that came last and goes on behind
 * it; where the reading ends, the last datom tells too, because all rows share the components that were asked for.
 */
final class PeerIndexes {

    private final Database db;

    PeerIndexes(Database db) {
        this.db = db;
    }

    Rows datoms(IndexScan scan, Resume resume) {
        Object index = scan.index().keyword();
        if (!(resume.after() instanceof Datom after)) {
            Rows rows =
                    new DatomRows(db.datoms(index, scan.components().toArray()).iterator());
            rows.skip(resume.row());
            return rows;
        }
        int shared = Math.min(3, scan.components().size());
        List<Object> prefix = scan.index().components(after).subList(0, shared);
        boolean oneTx = scan.components().size() > 3;
        return new DatomRows(
                behind(scan.index(), after),
                datom -> same(prefix, scan.index().components(datom).subList(0, shared))
                        && (!oneTx || datom.tx().equals(after.tx())));
    }

    Rows indexRange(Object attribute, @Nullable Object start, @Nullable Object end, Resume resume) {
        if (!(resume.after() instanceof Datom after)) {
            Rows rows = new DatomRows(db.indexRange(attribute, start, end).iterator());
            rows.skip(resume.row());
            return rows;
        }
        return new ResumedRange(attribute, after, end);
    }

    /** The datoms of an index that come after a datom that is known to be in it. */
    private Iterator<datomic.Datom> behind(Index index, Datom after) {
        Iterator<datomic.Datom> datoms = db.seekDatoms(
                        index.keyword(), index.components(after).toArray())
                .iterator();
        List<Object> components = index.components(after);
        while (datoms.hasNext()) {
            Datom datom = PeerData.datom(datoms.next());
            if (isSame(datom, after)) {
                return datoms;
            }
            if (!same(components, index.components(datom))) {
                break;
            }
        }
        throw AnomalyException.incorrect("The datom to resume behind is not in this db value");
    }

    private static boolean isSame(Datom left, Datom right) {
        return left.e().equals(right.e())
                && left.a().equals(right.a())
                && left.tx().equals(right.tx())
                && left.added() == right.added()
                && same(left.v(), right.v());
    }

    /** Whether the engine takes two values for one: it does so with 0.0 and -0.0, and with 1.0M and 1.00M. */
    private static boolean same(@Nullable Object left, @Nullable Object right) {
        if (left instanceof List<?> a && right instanceof List<?> b) {
            Iterator<?> others = b.iterator();
            return a.size() == b.size() && a.stream().allMatch(item -> same(item, others.next()));
        }
        if (left instanceof Double a && right instanceof Double b && a == 0.0 && b == 0.0) {
            return true;
        }
        if (left instanceof BigDecimal a && right instanceof BigDecimal b) {
            return a.compareTo(b) == 0;
        }
        return RowOrder.INSTANCE.compare(left, right) == 0;
    }

    /**
     * The rest of a range: first what is left of the last datom's own value, by seeking, then the range from the next
     * value on, so that the engine itself decides where the range ends.
     */
    private final class ResumedRange implements Rows {

        private final Object attribute;
        private final @Nullable Object end;
        private Datom last;
        private Rows rows;
        private @Nullable Datom pending;
        private boolean inSameValue = true;

        ResumedRange(Object attribute, Datom after, @Nullable Object end) {
            this.attribute = attribute;
            this.end = end;
            this.last = after;
            this.rows = new DatomRows(
                    behind(Index.AVET, after), datom -> datom.a().equals(after.a()) && same(datom.v(), after.v()));
        }

        @Override
        public boolean hasNext() {
            if (pending == null && !rows.hasNext() && inSameValue) {
                inSameValue = false;
                rows = EngineErrors.translating(this::beyondValue);
            }
            return pending != null || rows.hasNext();
        }

        private Rows beyondValue() {
            Iterator<datomic.Datom> following = behind(Index.AVET, last);
            Datom next = following.hasNext() ? PeerData.datom(following.next()) : null;
            if (next == null || !next.a().equals(last.a())) {
                return new DatomRows(Collections.emptyIterator());
            }
            Rows range = new DatomRows(db.indexRange(attribute, next.v(), end).iterator());
            // To the engine NaN equals every number: a range from it may begin long before.
            while (pending == null && range.hasNext()) {
                Datom datom = (Datom) range.next();
                pending = isSame(datom, next) ? datom : null;
            }
            return range;
        }

        @Override
        public Object next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            last = pending == null ? (Datom) rows.next() : pending;
            pending = null;
            return last;
        }

        @Override
        public Object position(Object row) {
            return row;
        }
    }
}
