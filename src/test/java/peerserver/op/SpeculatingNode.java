package peerserver.op;

import clojure.lang.Keyword;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import peerserver.chunk.MapCursorStore;
import peerserver.config.IterationConfig;
import peerserver.config.MapConfig;
import peerserver.config.RequestConfig;
import peerserver.db.NamedDatabase;
import peerserver.db.TestDatabases;
import peerserver.db.local.TemporaryDatabase;
import peerserver.db.peer.MemoryDatabase;
import peerserver.security.Caller;
import peerserver.security.Right;
import peerserver.wire.AnomalyException;
import peerserver.wire.Datom;
import peerserver.wire.EdnCodec;
import peerserver.wire.Keys;

/** A node with the database {@code items}, which has the same data on every node, in whatever JVM. */
final class SpeculatingNode implements AutoCloseable {

    static final Caller CALLER = House.caller("speculator", Set.of(Right.READ, Right.WRITE), "items");

    private static final List<String> DATA = List.of("""
            [{:db/id 'datomic.tx' :db/txInstant #inst '2026-01-01'}
             {:db/ident :item/name :db/valueType :db.type/string :db/cardinality :db.cardinality/one
              :db/unique :db.unique/identity}
             {:db/ident :item/count :db/valueType :db.type/long :db/cardinality :db.cardinality/one}
             {:db/ident :item/tags :db/valueType :db.type/keyword :db/cardinality :db.cardinality/many}
             {:db/ident :item/parts :db/valueType :db.type/ref :db/cardinality :db.cardinality/many :db/isComponent true}
             {:db/ident :item/next :db/valueType :db.type/ref :db/cardinality :db.cardinality/one}
             {:db/ident :item/pair :db/valueType :db.type/tuple :db/cardinality :db.cardinality/one
              :db/tupleTypes [:db.type/long :db.type/string]}
             {:db/ident :item/both :db/valueType :db.type/tuple :db/cardinality :db.cardinality/one
              :db/tupleAttrs [:item/name :item/count]}]""", """
            [{:db/id 'datomic.tx' :db/txInstant #inst '2026-01-02'}
             {:item/name 'bolt' :item/count 1} {:item/name 'nut' :item/count 2}]""");

    /** What is tried, one upon the other. */
    static final List<List<String>> CHAINS = List.of(
            List.of("[{:item/name 'a'} {:item/name 'b' :item/count 5} {:db/doc 'nameless'}]"),
            List.of("[{:item/name 'car' :item/parts [{:item/name 'wheel' :item/tags #{:round :black :rubber}}"
                    + " {:item/name 'door' :item/parts [{:item/name 'handle'} {:item/name 'lock'}]}]}]"),
            List.of(
                    "[{:db/id 'x' :item/name 'x' :item/next 'y'} {:db/id 'y' :item/name 'y' :item/next 'z'} [:db/add 'z'"
                            + " :item/name 'z']]",
                    "[{:item/name 'x' :item/count 7} [:db/cas [:item/name 'nut'] :item/count 2 8]]",
                    "[[:db/retract [:item/name 'x'] :item/count 7] [:db/retractEntity [:item/name 'y']]]"),
            List.of("[{:item/name 'bolt' :item/count 9} [:db/cas [:item/name 'nut'] :item/count 2 3]]"),
            List.of("[{:item/name 'p' :item/pair [3 'three'] :item/count 3}]", "[{:item/name 'p' :item/count 4}]"),
            List.of(
                    "[{:db/id 'datomic.tx' :db/txInstant #inst '2026-02-04' :db/doc 'told'} {:item/name 'later'}]",
                    "[{:item/name 'much later'} {:db/id 'datomic.tx' :db/txInstant #inst '2026-03-04'}]"),
            List.of(
                    "[{:db/ident :item/color :db/valueType :db.type/keyword :db/cardinality :db.cardinality/one}]",
                    "[{:item/name 'painted' :item/color :green}]"),
            List.of("[{:item/name 'set' :item/parts #{{:item/name 's1'} {:item/name 's2'} {:item/name 's3'} {:item/name"
                    + " 's4'} {:item/name 's5'} {:item/name 's6'}}}]"),
            List.of("[{:db/id 'wide' :item/name 'wide' :item/count 1 :item/tags [:w] :item/next {:item/name 'n'}"
                    + " :item/parts [{:item/name 'w1'}] :item/pair [1 'w'] :item/_next [:item/name 'bolt'] :db/doc 'wide'"
                    + " :db/ident :item/wide}]"),
            List.of(many()),
            List.of("[[:db/add 'a' :item/name 'one'] [:db/add 'b' :item/name 'two'] [:db/add 'a' :item/next 'b']]"
                    + ""),
            List.of(dense(1), dense(2)));

    /** What is asked of each value. */
    private static final List<String> READS = List.of(
            "{:op :datoms :index :aevt :components [:item/name] :limit -1}",
            "{:op :datoms :index :aevt :components [:item/parts] :limit -1}",
            "{:op :datoms :index :aevt :components [:item/next] :history true :limit -1}",
            "{:op :datoms :index :aevt :components [:item/both] :limit -1}",
            "{:op :datoms :index :aevt :components [:db/txInstant] :limit -1}",
            "{:op :datoms :index :aevt :components [:db/doc] :limit -1}");

    private final NamedDatabase database;
    private final Runnable end;
    final Dispatcher dispatcher;
    final MapCursorStore session = new MapCursorStore();

    private SpeculatingNode(NamedDatabase database, Map<String, String> settings, Runnable end) {
        this.database = database;
        this.end = end;
        this.dispatcher = Handlers.dispatcher(
                TestDatabases.of(Map.of("items", database)).databases(),
                RequestConfig.from(new MapConfig(settings)),
                IterationConfig.from(new MapConfig(settings)),
                Clock.systemUTC());
    }

    /** A node of the peer library. */
    static SpeculatingNode ofPeer(Map<String, String> settings) {
        MemoryDatabase database = new MemoryDatabase("items", DATA.toArray(String[]::new));
        return new SpeculatingNode(database.served(), settings, database::close);
    }

    /** A node of Datomic Local, with what is in that directory. */
    static SpeculatingNode ofLocal(Path storage, boolean empty) {
        NamedDatabase database = TemporaryDatabase.open(storage, "items");
        SpeculatingNode node = new SpeculatingNode(database, Map.of(), database::close);
        if (empty) {
            DATA.forEach(node::transact);
        }
        return node;
    }

    private static String many() {
        StringBuilder forms = new StringBuilder("[");
        for (int i = 0; i < 300; i++) {
            forms.append("{:item/name 'many ")
                    .append(i)
                    .append("' :item/count ")
                    .append(i)
                    .append("}");
        }
        return forms.append(']').toString();
    }

    /** A transaction that does not fit into a token, deflated or not. */
    static String dense(long seed) {
        Random random = new Random(seed);
        return IntStream.range(0, 200)
                .mapToObj(i -> "{:item/name '" + Long.toString(random.nextLong(), 36) + "' :item/count "
                        + random.nextInt() + "}")
                .collect(Collectors.joining(" ", "[", "]"));
    }

    void transact(String data) {
        answer("{:op :transact :tx-data " + data + "}", null);
    }

    Map<Keyword, Object> answer(String request, @Nullable String handle) {
        return answer(CALLER, request, handle);
    }

    /** The answer to a request about the database, or about a value of it. */
    Map<Keyword, Object> answer(Caller caller, String request, @Nullable String handle) {
        Map<Object, Object> asked = new HashMap<>((Map<?, ?>) EdnCodec.readString(request.replace('\'', '"')));
        asked.put(Keys.DATABASE_ID, "items-id");
        if (handle != null) {
            asked.put(Keys.NEXT_TOKEN, handle);
        }
        return answer(caller, asked);
    }

    Map<Keyword, Object> answer(Caller caller, Map<?, ?> request) {
        return dispatcher
                .dispatch(caller, session, System.nanoTime(), () -> request, late -> {})
                .toCompletableFuture()
                .join();
    }

    AnomalyException refusal(String request, @Nullable String handle) {
        try {
            throw new AssertionError("not refused: " + answer(request, handle));
        } catch (CompletionException e) {
            return (AnomalyException) Objects.requireNonNull(e.getCause());
        }
    }

    String withDb() {
        return (String) Objects.requireNonNull(answer("{:op :with-db}", null).get(Keys.NEXT_TOKEN));
    }

    /** The handle of what a chain of transactions makes of a value. */
    String with(String handle, List<String> chain) {
        String last = handle;
        for (String data : chain) {
            Map<?, ?> after = (Map<?, ?>) Objects.requireNonNull(
                    answer("{:op :with :tx-data " + data + "}", last).get(Keys.DB_AFTER));
            last = (String) Objects.requireNonNull(after.get(Keys.NEXT_TOKEN));
        }
        return last;
    }

    /** What is in the value of a handle, and what another transaction would make of it. */
    List<String> read(String handle) {
        List<String> lines = new ArrayList<>();
        for (String read : READS) {
            lines.add(String.valueOf(answer(read, handle).get(Keys.DATA)));
        }
        Map<?, ?> more = answer("{:op :with :tx-data [{:item/name 'next one'}]}", handle);
        lines.add(((List<?>) Objects.requireNonNull(more.get(Keys.TX_DATA)))
                .stream()
                        .map(Datom.class::cast)
                        .filter(datom -> !(datom.v() instanceof Date))
                        .map(Datom::toString)
                        .sorted()
                        .collect(Collectors.joining(" ")));
        lines.add(String.valueOf(((Map<?, ?>) Objects.requireNonNull(more.get(Keys.DB_BEFORE))).get(Keys.T)));
        return lines;
    }

    NamedDatabase database() {
        return database;
    }

    @Override
    public void close() {
        end.run();
    }
}
