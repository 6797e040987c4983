package peerserver.code;

import clojure.lang.BigInt;
import clojure.lang.IPersistentMap;
import clojure.lang.Keyword;
import clojure.lang.PersistentArrayMap;
import clojure.lang.RT;
import clojure.lang.Symbol;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import peerserver.chunk.CursorStore;
import peerserver.chunk.TokenKey;
import peerserver.config.IterationConfig;
import peerserver.config.MapConfig;
import peerserver.config.RequestConfig;
import peerserver.db.Databases;
import peerserver.db.NamedDatabase;
import peerserver.db.TestDatabases;
import peerserver.form.SelectorForm;
import peerserver.form.TransactionForm;
import peerserver.op.Dispatcher;
import peerserver.op.Failures;
import peerserver.op.Handlers;
import peerserver.security.Caller;
import peerserver.security.Grant;
import peerserver.security.Right;
import peerserver.wire.Anomaly;
import peerserver.wire.AnomalyException;
import peerserver.wire.Datom;
import peerserver.wire.EdnCodec;
import peerserver.wire.Keys;

/** A real database behind all the handlers, with what attempts find in it. */
final class ServedForEscape implements AutoCloseable {

    static final Caller CONFINED = caller(false);
    static final Caller TRUSTED = caller(true);

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final List<String> TRANSACTIONS = List.of("""
            [{:db/ident :x/id :db/valueType :db.type/string :db/cardinality :db.cardinality/one
              :db/unique :db.unique/identity}
             {:db/ident :x/uid :db/valueType :db.type/string :db/cardinality :db.cardinality/one
              :db/unique :db.unique/identity}
             {:db/ident :x/n :db/valueType :db.type/long :db/cardinality :db.cardinality/one}
             {:db/ident :x/s :db/valueType :db.type/string :db/cardinality :db.cardinality/one}
             {:db/ident :x/ref :db/valueType :db.type/ref :db/cardinality :db.cardinality/one :db/isComponent true}
             {:db/ident :u :db/valueType :db.type/ref :db/cardinality :db.cardinality/one :db/unique :db.unique/identity}
             {:db/ident :x/u :db/valueType :db.type/ref :db/cardinality :db.cardinality/one
              :db/unique :db.unique/identity}]""", """
            [{:x/id "a" :x/n 1 :x/s "(escape.marks/hit)"}
             {:x/id "b" :x/n 5 :x/s "[:find ?x :where [(escape.marks/hit) ?x]]" :x/ref {:x/id "b1" :x/n 1}}
             {:db/id :db.attr/preds :x/id "preds"}]""");

    private static final List<Keyword> CODE = List.of(
            Keyword.intern("db.attr", "preds"),
            Keyword.intern("db.entity", "preds"),
            Keyword.intern("db", "fn"),
            Keyword.intern("db", "code"),
            Keyword.intern("db", "lang"),
            Keyword.intern("db.install", "function"));

    private final String id;
    private final NamedDatabase database;
    private final Databases databases;
    private Dispatcher dispatcher;
    private final IPersistentMap entities;
    private final Set<Integer> codeIds;

    ServedForEscape(EscapeEngine engine, Path directory) {
        String name = "escape" + NUMBER.incrementAndGet();
        id = name + "-id";
        database = engine.open(directory, name);
        TRANSACTIONS.forEach(data -> prepare(EdnCodec.readString(data)));
        if (engine == EscapeEngine.PEER_LIBRARY) {
            prepare(RT.vector(storedFunction()));
        }
        databases = TestDatabases.of(Map.of(name, database)).databases();
        dispatcher = dispatcher();
        codeIds = CODE.stream()
                .map(ident -> (Long) entity(ident))
                .filter(entity -> entity > 0)
                .map(Long::intValue)
                .collect(Collectors.toUnmodifiableSet());
        Object preds = entity(Keyword.intern("db.attr", "preds"));
        entities = PersistentArrayMap.EMPTY
                .assoc(Symbol.intern("ENTITY-OF-PREDS"), preds)
                .assoc(Symbol.intern("ENTITY-OF-B"), entity(EdnCodec.readString("[:x/id \"b\"]")))
                // Which the engines take for the same attribute.
                .assoc(Symbol.intern("PREDS-AND-A-TURN"), (long) preds + (1L << 32))
                .assoc(Symbol.intern("PREDS-AND-MANY-TURNS"), (long) preds + (1L << 42))
                .assoc(Symbol.intern("PREDS-LESS-A-TURN"), (long) preds - (1L << 32))
                .assoc(Symbol.intern("PREDS-AND-A-TURN-LARGE"), BigInt.valueOf((long) preds + (1L << 32)))
                .assoc(
                        Symbol.intern("ENTITY-PREDS-AND-A-TURN"),
                        (long) entity(Keyword.intern("db.entity", "preds")) + (1L << 32))
                .assoc(Symbol.intern("ENTITY-OF-FN"), entity(Keyword.intern("my", "fn")));
    }

    private Dispatcher dispatcher() {
        return Handlers.dispatcher(
                databases,
                RequestConfig.from(new MapConfig(Map.of("peerserver.request.timeout-ms", "10000"))),
                IterationConfig.from(new MapConfig(Map.of())),
                Clock.systemUTC());
    }

    /** Loses all that is kept between requests, as another node would know nothing of it. */
    void forget() {
        dispatcher = dispatcher();
    }

    private static Caller caller(boolean trustedCode) {
        return new Caller(
                "escape",
                List.of(Grant.of(List.of("*"), Set.of(Right.values()))),
                List.of(TokenKey.derive("escape", "secret")),
                trustedCode);
    }

    private static Object storedFunction() {
        Object function = datomic.Peer.function(Map.of(
                Keyword.intern("lang"), "clojure",
                Keyword.intern("params"), EdnCodec.readString("[x]"),
                Keyword.intern("code"), EdnCodec.readString("(escape.marks/data)")));
        return RT.map(
                Keyword.intern("db", "ident"),
                Keyword.intern("my", "fn"),
                Keyword.intern("x", "id"),
                "fn",
                Keyword.intern("db", "fn"),
                function);
    }

    private void prepare(Object data) {
        database.transact(TransactionForm.parse(data), null)
                .toCompletableFuture()
                .join();
    }

    private Object entity(Object ident) {
        try {
            Keyword key = Keyword.intern("db", "id");
            Object id = RT.get(database.current().pull(new SelectorForm(List.of(key)), ident, null), key);
            return id == null ? -1L : id;
        } catch (AnomalyException e) {
            return -1L;
        }
    }

    /** Ids for the symbols that stand for them in attempts. */
    IPersistentMap entities() {
        return entities;
    }

    /** Makes an attempt, and tells what it was refused with; null when it was answered. */
    @Nullable Anomaly refusal(Caller caller, Attempt attempt) {
        return refusal(caller, attempt, datom -> {});
    }

    /**
     * Makes an attempt, and tells what it was refused with; null when it was answered.
     *
     * @param made told of every datom that it tries with {@code with}
     */
    @Nullable Anomaly refusal(Caller caller, Attempt attempt, Consumer<Datom> made) {
        try {
            List<?> speculations = attempt.speculations(this);
            List<?> transactions = attempt.transactions(this);
            if (!speculations.isEmpty()) {
                speculate(caller, speculations, made);
            } else if (!transactions.isEmpty()) {
                transactions.forEach(data -> answer(
                        caller, RT.map(Keys.OP, Keyword.intern("transact"), Keys.DATABASE_ID, id, Keys.TX_DATA, data)));
            } else {
                answer(caller, attempt.request(id));
            }
            return null;
        } catch (CompletionException e) {
            return Failures.anomaly(e);
        } catch (AnomalyException e) {
            return e.anomaly();
        }
    }

    private void speculate(Caller caller, List<?> transactions, Consumer<Datom> made) {
        Object db = answer(caller, RT.map(Keys.OP, Keyword.intern("with-db"), Keys.DATABASE_ID, id));
        for (Object data : transactions) {
            Map<Keyword, Object> reply = answer(
                    caller,
                    RT.map(
                            Keys.OP,
                            Keyword.intern("with"),
                            Keys.DATABASE_ID,
                            id,
                            Keys.NEXT_TOKEN,
                            Objects.requireNonNull(RT.get(db, Keys.NEXT_TOKEN)),
                            Keys.TX_DATA,
                            data));
            ((List<?>) Objects.requireNonNull(reply.get(Keys.TX_DATA))).forEach(datom -> made.accept((Datom) datom));
            db = reply.get(Keys.DB_AFTER);
        }
    }

    /** The answer to a request, or an exception with the anomaly. */
    Map<Keyword, Object> answer(Caller caller, Object request) {
        return dispatcher
                .dispatch(caller, CursorStore.NONE, System.nanoTime(), () -> request, late -> {})
                .toCompletableFuture()
                .join();
    }

    /** Whether a datom makes code known, or something that engines take for an attribute whose values are code. */
    boolean isCode(Datom datom) {
        long e = (Long) datom.e();
        return codeIds.contains((int) (long) (Long) datom.a()) || (e != (int) e && codeIds.contains((int) e));
    }

    /** The t of its newest transaction. */
    long t() {
        return database.current().basisT();
    }

    /** The id of the database. */
    String id() {
        return id;
    }

    @Override
    public void close() {
        database.close();
    }
}
