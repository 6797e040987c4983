package peerserver.op;

import clojure.lang.Keyword;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import peerserver.db.NamedDatabase;
import peerserver.db.TransactionReport;
import peerserver.security.Caller;

/**
 * Sees to it that a transaction that a caller sends again under the same {@code :tx-id} is submitted once. Whoever asks
 * while it is under way waits for its outcome; whoever asks later gets the outcome that was kept. A failure is an outcome
 * too: an engine that does not answer may have made the transaction nevertheless, and one that was refused must not come
 * true when somebody replays it. Thread-safe.
 */
@Singleton
public class RecentTransactions {

    private static final Logger LOG = Logger.getLogger(RecentTransactions.class.getName());

    private final ConcurrentMap<Key, CompletableFuture<Outcome>> underWay = new ConcurrentHashMap<>();
    private final OutcomeStore outcomes;
    private final ClusterTransactions cluster;

    private record Key(String caller, String id) {}

    @Inject
    RecentTransactions(OutcomeStore outcomes, ClusterTransactions cluster) {
        this.outcomes = outcomes;
        this.cluster = cluster;
    }

    /**
     * The answer to a transaction, submitted now unless it was before.
     *
     * @param txId the caller's id of the transaction, without blanks
     * @param fingerprint of its data
     * @param submission submits it; when that throws, nothing was submitted
     */
    CompletionStage<Map<Keyword, Object>> once(
            Caller caller,
            NamedDatabase database,
            String txId,
            long fingerprint,
            Supplier<CompletionStage<TransactionReport>> submission) {
        String id = txId + ' ' + database.databaseId();
        Key key = new Key(caller.name(), id);
        CompletableFuture<Outcome> own = new CompletableFuture<>();
        CompletableFuture<Outcome> earlier = underWay.putIfAbsent(key, own);
        if (earlier == null) {
            // In this order: whoever finds nothing under way any more finds the outcome kept.
            var unused = outcome(caller, database, id, fingerprint, submission).whenComplete((outcome, thrown) -> {
                underWay.remove(key);
                if (outcome != null) {
                    own.complete(outcome);
                } else {
                    own.completeExceptionally(thrown);
                }
            });
        }
        return (earlier == null ? own : earlier).thenApply(outcome -> outcome.answerTo(fingerprint));
    }

    private CompletionStage<Outcome> outcome(
            Caller caller,
            NamedDatabase database,
            String id,
            long fingerprint,
            Supplier<CompletionStage<TransactionReport>> submission) {
        try {
            Outcome kept = outcomes.find(caller, id);
            return kept != null
                    ? CompletableFuture.completedFuture(kept.withData(database))
                    : cluster.outcome(new ClusterTransactions.Asked(caller, database, id, fingerprint), () -> submission
                            .get()
                            .handle((report, thrown) -> kept(caller, id, Outcome.of(fingerprint, report, thrown))));
        } catch (Throwable e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private Outcome kept(Caller caller, String id, Outcome outcome) {
        try {
            outcomes.keep(caller, id, outcome.withoutData());
        } catch (RuntimeException e) {
            // The transaction is made; its caller is to hear of it.
            LOG.log(Level.WARNING, "The outcome of a transaction cannot be kept", e);
        }
        return outcome;
    }
}
