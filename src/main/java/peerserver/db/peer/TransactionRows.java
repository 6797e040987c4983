package peerserver.db.peer;

import clojure.lang.Keyword;
import clojure.lang.PersistentArrayMap;
import clojure.lang.PersistentVector;
import datomic.Log;
import java.util.Iterator;
import java.util.Map;
import peerserver.db.EngineErrors;
import peerserver.db.Rows;

/** The transactions of a log as rows, maps of {@code :t} and {@code :data}. */
@SuppressWarnings("rawtypes") // as the peer library has them
final class TransactionRows implements Rows {

    private static final Keyword T = Keyword.intern("t");
    private static final Keyword DATA = Keyword.intern("data");

    private final Iterator<? extends Map> transactions;

    TransactionRows(Iterator<? extends Map> transactions) {
        this.transactions = transactions;
    }

    @Override
    public boolean hasNext() {
        return EngineErrors.translating(transactions::hasNext);
    }

    @Override
    public Object next() {
        return EngineErrors.translating(() -> row(transactions.next()));
    }

    private static Object row(Map<?, ?> transaction) {
        return new PersistentArrayMap(new Object[] {
            T,
            PeerData.required(transaction, Log.T, Number.class).longValue(),
            DATA,
            PersistentVector.create(PeerData.datoms(PeerData.required(transaction, Log.DATA, Iterable.class)))
        });
    }

    @Override
    public Object position(Object row) {
        return PeerData.required((Map<?, ?>) row, T, Long.class);
    }
}
