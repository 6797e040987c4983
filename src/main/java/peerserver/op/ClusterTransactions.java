package peerserver.op;

import clojure.lang.Keyword;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import peerserver.chunk.TokenSeal;
import peerserver.config.ClusterConfig;
import peerserver.db.NamedDatabase;
import peerserver.security.Caller;
import peerserver.wire.Anomaly;
import peerserver.wire.AnomalyException;
import peerserver.wire.Category;
import peerserver.wire.TransitCodec;
import peerserver.wire.WireCodec;

/**
 * Sees to it that a transaction that is sent to several nodes of a cluster under the same {@code :tx-id} is submitted by one
 * of them. That one puts a note where all see it before it submits anything, and the outcome in its place afterwards; the
 * others wait for that. Should it not come, the outcome is not known, and stays so until it comes after all. A data grid that
 * does not answer keeps no transaction from being made: each node then is on its own. Thread-safe.
 */
@Singleton
public class ClusterTransactions {

    private static final Logger LOG = Logger.getLogger(ClusterTransactions.class.getName());
    private static final WireCodec CODEC = TransitCodec.msgpack();
    private static final Keyword NODE = Keyword.intern("node");
    private static final Keyword FINGERPRINT = Keyword.intern("fingerprint");
    private static final long POLL_MS = 50;

    /** The longest outcome, in bytes, that is told with its data; that of longer ones is in the log, if nodes share one. */
    private static final int MOST_SHARED = 16_384;

    /** How often the others are told of an outcome, with as long a pause as they wait for it. */
    private static final int TRIES = 5;

    /** How many outcomes wait to be told again; of more the others do not hear. */
    private static final int MOST_UNTOLD = 1_000;

    private final Semaphore untold = new Semaphore(MOST_UNTOLD);
    private final Instance<SharedOutcomes> shared;
    private final Duration wait;
    private final String node = UUID.randomUUID().toString();

    @Inject
    ClusterTransactions(Instance<SharedOutcomes> shared, ClusterConfig config) {
        this.shared = shared;
        this.wait = Duration.ofMillis(config.gridWaitMs());
    }

    /** A transaction that somebody has asked for. */
    record Asked(Caller caller, NamedDatabase database, String id, long fingerprint) {}

    /**
     * The outcome of a transaction: submitted by this node, or told by another.
     *
     * @param submission submits it; when that throws, nothing was submitted
     */
    CompletionStage<Outcome> outcome(Asked asked, Supplier<CompletionStage<Outcome>> submission) {
        if (shared.isUnsatisfied() || !shared.get().there()) {
            return submission.get();
        }
        SharedOutcomes outcomes = shared.get();
        String note =
                TokenSeal.seal(asked.caller(), CODEC.encode(Map.of(NODE, node, FINGERPRINT, asked.fingerprint())));
        return outcomes.putIfAbsent(asked.caller().name(), asked.id(), note)
                .handle((before, thrown) -> {
                    if (thrown != null) {
                        LOG.log(Level.FINE, "A transaction is made without asking the other nodes", thrown);
                    }
                    return before == null
                            ? submitted(outcomes, asked, note, submission)
                            : told(outcomes, asked, before, System.nanoTime() + wait.toNanos());
                })
                .thenCompose(outcome -> outcome);
    }

    private CompletionStage<Outcome> submitted(
            SharedOutcomes outcomes, Asked asked, String note, Supplier<CompletionStage<Outcome>> submission) {
        CompletionStage<Outcome> outcome;
        try {
            outcome = submission.get();
        } catch (Throwable e) {
            noted(outcomes.remove(asked.caller().name(), asked.id(), note));
            throw e;
        }
        return outcome.thenApply(made -> {
            byte[] bytes = made.toBytes();
            String text = TokenSeal.seal(
                    asked.caller(), bytes.length > MOST_SHARED ? made.brief().toBytes() : bytes);
            put(outcomes, asked, text, TRIES);
            return made;
        });
    }

    /** Tells the others of an outcome, some time later where the grid does not take it now. */
    private void put(SharedOutcomes outcomes, Asked asked, String text, int tries) {
        var unused = outcomes.put(asked.caller().name(), asked.id(), text).whenComplete((nothing, thrown) -> {
            if (thrown == null) {
                return;
            }
            if (tries > 1 && untold.tryAcquire()) {
                CompletableFuture.delayedExecutor(wait.toMillis(), TimeUnit.MILLISECONDS, Runnable::run)
                        .execute(() -> {
                            untold.release();
                            put(outcomes, asked, text, tries - 1);
                        });
            } else {
                notHeardOf(thrown);
            }
        });
    }

    private static void noted(CompletionStage<?> done) {
        var unused = done.whenComplete((nothing, thrown) -> {
            if (thrown != null) {
                notHeardOf(thrown);
            }
        });
    }

    /** The grid itself warns when it does not answer. */
    private static void notHeardOf(Throwable thrown) {
        LOG.log(Level.FINE, "The other nodes do not hear of a transaction", thrown);
    }

    private CompletionStage<Outcome> told(SharedOutcomes outcomes, Asked asked, @Nullable String text, long until) {
        if (text == null) {
            return CompletableFuture.failedFuture(notKnown().exception());
        }
        byte[] bytes = opened(asked.caller(), text);
        Map<?, ?> content = (Map<?, ?>) CODEC.decode(bytes);
        if (!content.containsKey(NODE)) {
            Outcome outcome = Outcome.from(bytes);
            long t = outcome.needs();
            return t == 0
                    ? CompletableFuture.completedFuture(outcome)
                    : asked.database().atOrAfter(t, wait).thenApply(arrived -> outcome.withData(asked.database()));
        }
        if (content.get(FINGERPRINT) instanceof Long noted && noted != asked.fingerprint()) {
            return CompletableFuture.completedFuture(new Outcome(noted, Map.of(), null));
        }
        if (until - System.nanoTime() < 0) {
            Outcome lost = new Outcome(asked.fingerprint(), null, notKnown());
            // Should the other node be slow and not lost, it puts the outcome in the place of this.
            noted(outcomes.replace(
                    asked.caller().name(), asked.id(), text, TokenSeal.seal(asked.caller(), lost.toBytes())));
            return CompletableFuture.completedFuture(lost);
        }
        Executor later = CompletableFuture.delayedExecutor(POLL_MS, TimeUnit.MILLISECONDS, Runnable::run);
        return CompletableFuture.supplyAsync(() -> outcomes.find(asked.caller().name(), asked.id()), later)
                .thenCompose(found -> found.exceptionally(thrown -> text))
                .thenCompose(found -> told(outcomes, asked, found, until));
    }

    private static byte[] opened(Caller caller, String text) {
        try {
            return TokenSeal.openKept(caller, text);
        } catch (AnomalyException e) {
            // The secret that it was sealed under is withdrawn.
            throw notKnown().exception(e);
        }
    }

    private static Anomaly notKnown() {
        return Anomaly.of(
                Category.INTERRUPTED,
                "This transaction was sent to another node under the same :tx-id, and that node has not told what became of it."
                        + " Look whether its data is there before you send it under another :tx-id");
    }
}
