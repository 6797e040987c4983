package peerserver.histories;

import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import peerserver.conformance.Clj;
import peerserver.histories.CreatedEntities.Identified;
import peerserver.histories.CreatedEntities.Own;

/** Entities in a database that several processes create at once, with identities that each of a few processes asks for. */
final class Identities {

    /** How many calls ask for an identity, one after another or at once. */
    private static final int ASKED_FOR = 6;

    private static final int ATTEMPTS = 3;

    private final String run;
    private final AtomicLong count = new AtomicLong();
    private final Queue<Creation> creations = new ConcurrentLinkedQueue<>();

    /** Names that no other run uses. */
    Identities(String run) {
        this.run = run;
    }

    Queue<Creation> creations() {
        return creations;
    }

    void install(Client client) {
        Answer answer = client.transact("""
                [{:db/ident :thing/identity :db/valueType :db.type/string :db/cardinality :db.cardinality/one
                  :db/unique :db.unique/identity}
                 {:db/ident :thing/run :db/valueType :db.type/string :db/cardinality :db.cardinality/one}
                 {:db/ident :thing/seen :db/valueType :db.type/string :db/cardinality :db.cardinality/many}
                 {:db/ident :thing/tag :db/valueType :db.type/string :db/cardinality :db.cardinality/one}]""");
        if (!answer.made()) {
            throw new IllegalStateException("cannot install the attributes: " + answer);
        }
    }

    /** Creates entities, as long as it goes on. */
    Callable<Void> process(int number, Client client, BooleanSupplier goesOn, boolean sendsAgain, long seed) {
        Random random = new Random(seed + number);
        return () -> {
            while (goesOn.getAsBoolean()) {
                long call = count.getAndIncrement();
                String tag = run + "-" + call;
                String identity = run + "-" + call / ASKED_FOR;
                UUID id = UUID.randomUUID();
                Outcome outcome = create(client, id, tag, identity);
                boolean again = sendsAgain && (outcome == Outcome.UNKNOWN || random.nextInt(10) == 0);
                for (int attempt = 1; again && attempt < ATTEMPTS; attempt++) {
                    again = create(client, id, tag, identity) == Outcome.UNKNOWN;
                }
                if (outcome == Outcome.UNKNOWN) {
                    Thread.sleep(50);
                }
            }
            return null;
        };
    }

    private Outcome create(Client client, UUID id, String tag, String identity) {
        Object data = Clj.edn("""
                [{:db/id "identified" :thing/identity "%s" :thing/run "%s" :thing/seen "%s"}
                 {:db/id "own" :thing/run "%2$s" :thing/tag "%3$s"}]""", identity, run, tag);
        Answer answer = client.transact(data, id);
        creations.add(
                answer.made()
                        ? new Creation(
                                tag, identity, answer.outcome(), answer.tempid("identified"), answer.tempid("own"))
                        : new Creation(tag, identity, answer.outcome(), 0, 0));
        return answer.outcome();
    }

    /** What is there at the end. */
    CreatedEntities found(Client client) {
        Object db = client.newest();
        Set<Identified> identified = Client.q("""
                [:find ?thing ?identity ?tag :in $ ?run
                 :where [?thing :thing/run ?run] [?thing :thing/identity ?identity] [?thing :thing/seen ?tag]]""", db, run).stream()
                .map(row -> new Identified((long) row.get(0), (String) row.get(1), (String) row.get(2)))
                .collect(Collectors.toSet());
        Set<Own> own = Client.q(
                        "[:find ?thing ?tag :in $ ?run :where [?thing :thing/run ?run] [?thing :thing/tag ?tag]]",
                        db,
                        run)
                .stream()
                .map(row -> new Own((long) row.get(0), (String) row.get(1)))
                .collect(Collectors.toSet());
        return new CreatedEntities(identified, own);
    }
}
