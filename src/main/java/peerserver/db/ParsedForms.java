package peerserver.db;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import peerserver.form.QueryForm;
import peerserver.form.SelectorForm;
import peerserver.wire.AnomalyException;
import peerserver.wire.EdnCodec;
import peerserver.work.ManagedThreads;
import peerserver.work.Workers;

/**
 * What engines keep of the forms of callers: a thousand selectors, queries and sets of rules that they have parsed, however
 * large these are, and of those the ones that come again most often (seen: peer library 1.0.7622, Datomic Local 1.0.291).
 * They offer no way to let go of them, so when the heap gets full, small ones take their place, by coming often.
 */
@Singleton
public class ParsedForms {

    private static final Logger LOG = Logger.getLogger(ParsedForms.class.getName());

    /** More than an engine keeps. */
    private static final int MANY = 1_500;

    /** More often than engines count. */
    private static final int OFTEN = 20;

    private static final long ANY_ENTITY = 0;
    private static final QueryOptions OPTIONS = new QueryOptions(10_000, null, false);

    private final Databases databases;
    private final ThreadFactory threads;
    private final AtomicBoolean displacing = new AtomicBoolean();

    @Inject
    ParsedForms(Databases databases, ThreadFactory threads) {
        this.databases = databases;
        this.threads = threads;
    }

    void start(@Observes Startup event, Workers workers) {
        workers.whenHeapFull(() -> {
            // Whoever tells of the heap is not to wait.
            if (displacing.compareAndSet(false, true)) {
                ManagedThreads.daemon(threads, "displace parsed forms", () -> {
                            try {
                                displace();
                            } finally {
                                displacing.set(false);
                            }
                        })
                        .start();
            }
        });
    }

    /** Has each engine that is in use parse small forms until it keeps nothing else. */
    void displace() {
        Map<@Nullable String, NamedDatabase> byEngine = new HashMap<>();
        for (ServedDatabase database : databases.all()) {
            if (database.database() != null) {
                byEngine.put(database.engine(), database.database());
            }
        }
        byEngine.values().forEach(database -> {
            try {
                parse(database.current());
            } catch (AnomalyException e) {
                LOG.log(Level.FINE, "An engine goes on to keep the forms that it has parsed", e);
            }
        });
    }

    private static void parse(DbValue value) {
        String once = "forms/n" + UUID.randomUUID();
        for (int i = 0; i < MANY; i++) {
            String text = '"' + once + i + '"';
            SelectorForm selector = SelectorForm.parse("[(:db/doc :default " + text + ")]");
            QueryForm query = QueryForm.parse("[:find ?e :in $ % :where [?e :db/doc " + text + "] (r ?e)]");
            List<?> args = List.of(value, EdnCodec.readString("[[(r ?e) [?e :db/doc " + text + "]]]"));
            for (int times = 0; times < OFTEN; times++) {
                value.pull(selector, ANY_ENTITY, null);
                value.query(query, args, OPTIONS);
            }
        }
    }
}
