package peerserver.db;

import clojure.lang.Keyword;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import peerserver.form.QueryForm;
import peerserver.form.SelectorForm;
import peerserver.form.TransactionForm;
import peerserver.wire.AnomalyException;

/**
 * A database as it stands at some t, immutable. Values come and go as Clojure's data types and {@link
 * peerserver.wire.Datom}; whatever the engine refuses is an {@link AnomalyException} with the engine's own data.
 */
public interface DbValue {

    /** The id of the database on the wire. */
    String databaseId();

    /** The t of the newest transaction in this value, time filters aside. */
    long basisT();

    /** The t that the next transaction will have at least. */
    long nextT();

    /** This value as that caller reads it: an engine that cannot be stopped counts by callers what it does for them. */
    default DbValue askedBy(String caller) {
        return this;
    }

    /** This value as of a point in time: a t, a transaction id or an instant. */
    DbValue asOf(Object timePoint);

    /** This value since a point in time: a t, a transaction id or an instant. */
    DbValue since(Object timePoint);

    /** This value with all assertions and retractions across time. */
    DbValue history();

    /**
     * Pulls one entity, named by id, ident or lookup ref; null when nothing was found.
     *
     * @param ioContext a qualified keyword: the answer is then a map of {@code :ret} and {@code :io-stats}
     */
    @Nullable Object pull(SelectorForm selector, Object entity, @Nullable Keyword ioContext);

    /** The datoms of an index that match some components. */
    Rows datoms(IndexScan scan, Resume resume);

    /** The datoms of AVET with values from {@code start}, inclusive, to {@code end}, exclusive; null leaves it open. */
    Rows indexRange(Object attribute, @Nullable Object start, @Nullable Object end, Resume resume);

    /** The entities met on a walk along an index, pulled one by one as they are read. */
    Rows indexPull(IndexPull request, Resume resume);

    /**
     * Runs a query whose first database among the arguments is this value.
     *
     * @param args the query's arguments, db values among them as {@link DbValue}
     */
    QueryResult query(QueryForm query, List<?> args, QueryOptions options);

    /** The value that a transaction would make, without transacting. */
    TransactionReport with(TransactionForm transaction, @Nullable Keyword ioContext);

    /** Statistics: at least {@code :datoms}, the count of datoms in the history of this value. */
    Map<?, ?> dbStats();
}
