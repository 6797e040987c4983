package peerserver.conformance;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import java.util.List;
import peerserver.launch.ServerLogs;

/** A connection of the real client. */
public record Connection(Object it) {

    public DbValue db() {
        return new DbValue(RealClient.api("db").invoke(it));
    }

    DbValue sync(long t) {
        return new DbValue(RealClient.api("sync").invoke(it, t));
    }

    /** Transacts data given as EDN, values put into the text first. */
    @FormatMethod
    TxReport transact(@FormatString String txData, Object... values) {
        return transactData(Clj.edn(String.format(txData, values)));
    }

    public TxReport transactData(Object txData) {
        return transactWith(Clj.mapOf("tx-data", txData));
    }

    /** Transacts with a whole argument map. */
    public TxReport transactWith(Object argMap) {
        ServerLogs.transacted(argMap);
        return new TxReport(RealClient.api("transact").invoke(it, argMap));
    }

    Channel transactAsync(String txData) {
        ServerLogs.transacted(Clj.edn(txData));
        return new Channel(RealClient.async("transact").invoke(it, Clj.mapOf("tx-data", Clj.edn(txData))));
    }

    /** The transactions in a range of the log. */
    List<Object> txRange(Object argMap) {
        return Clj.list(RealClient.api("tx-range").invoke(it, argMap));
    }

    public Channel txRangeAsync(Object argMap) {
        return new Channel(RealClient.async("tx-range").invoke(it, argMap));
    }

    public DbValue withDb() {
        return new DbValue(RealClient.api("with-db").invoke(it));
    }
}
