package peerserver.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Many callers at once. */
abstract class ConcurrencyConformance extends Conformance {

    private static final int ROUNDS = 15;

    ConcurrencyConformance(Target target) {
        super(target);
    }

    @Override
    void install() {
        String schema = "[{:db/ident :crowd/id :db/valueType :db.type/string :db/cardinality :db.cardinality/one"
                + " :db/unique :db.unique/identity}"
                + " {:db/ident :crowd/n :db/valueType :db.type/long :db/cardinality :db.cardinality/one}]";
        hello.transact("%s", schema);
        client.connect(Target.OTHER).transact("%s", schema);
    }

    @Test
    void everyoneReadsTheirOwnWrites() throws Exception {
        Crowd.atOnce(thread -> {
            Connection own = client.connect(Target.HELLO);
            for (int round = 0; round < ROUNDS; round++) {
                String id = "own " + thread + " " + round;
                TxReport report = own.transact("[{:db/id \"e\" :crowd/id \"%s\" :crowd/n %d}]", id, round);
                assertThat(own.db().pull("[:crowd/n]", Clj.vector(Clj.keyword("crowd/id"), id)))
                        .isEqualTo(Clj.edn("{:crowd/n %d}", round));
                assertThat(report.dbAfter().single("[:find ?e :in $ ?id :where [?e :crowd/id ?id]]", id))
                        .isEqualTo(report.tempid("e"));
            }
            return null;
        });
    }

    @Test
    void comparingAndSwappingLosesNoUpdate() throws Exception {
        hello.transact("[{:crowd/id \"counter\" :crowd/n 0}]");

        Crowd.atOnce(thread -> {
            for (int round = 0; round < 2; round++) {
                increment();
            }
            return null;
        });

        assertThat(hello.db().pull("[:crowd/n]", Clj.edn("[:crowd/id \"counter\"]")))
                .isEqualTo(Clj.edn("{:crowd/n %d}", 2 * Crowd.SIZE));
    }

    private void increment() {
        while (true) {
            Object counter = hello.db().pull("[:crowd/n]", Clj.edn("[:crowd/id \"counter\"]"));
            long n = Clj.number(counter, "crowd/n");
            try {
                hello.transact("[[:db/cas [:crowd/id \"counter\"] :crowd/n %d %d]]", n, n + 1);
                return;
            } catch (clojure.lang.ExceptionInfo e) {
                new Failure(e.getData()).hasCategory("conflict");
            }
        }
    }

    @Test
    void everyReadOfOneValueAgrees() throws Exception {
        hello.transact("[{:crowd/id \"from\" :crowd/n 100} {:crowd/id \"to\" :crowd/n 0}]");
        String sum = "[:find (sum ?n) :with ?e :in $ [?id ...] :where [?e :crowd/id ?id] [?e :crowd/n ?n]]";
        Object both = Clj.edn("[\"from\" \"to\"]");

        Crowd.atOnce(thread -> {
            for (int round = 0; round < ROUNDS; round++) {
                if (thread == 0) {
                    hello.transact(
                            "[[:db/add [:crowd/id \"from\"] :crowd/n %d] [:db/add [:crowd/id \"to\"] :crowd/n %d]]",
                            99 - round, 1 + round);
                } else {
                    assertThat(hello.db().single(sum, both)).isEqualTo(100L);
                }
            }
            return null;
        });
    }

    @Test
    void twoDatabasesAndTwoKeysAtOnceStayApart() throws Exception {
        Crowd.atOnce(thread -> {
            Connection own =
                    target.client(target.keys().get(thread % 2)).connect(thread % 4 < 2 ? Target.HELLO : Target.OTHER);
            String id = "apart " + own.db().t() + " " + thread;
            own.transact("[{:crowd/id \"%s\"}]", id);
            String query = "[:find ?e :in $ ?id :where [?e :crowd/id ?id]]";
            assertThat(own.db().q(query, id)).hasSize(1);
            String elsewhere = thread % 4 < 2 ? Target.OTHER : Target.HELLO;
            assertThat(client.connect(elsewhere).db().q(query, id)).isEmpty();
            return null;
        });
    }

    @Test
    void manyIterationsAtOnceEachComeWhole() throws Exception {
        DbValue db = hello.transactData(Bulk.numbers("crowd/n", 50_000, 50_500)).dbAfter();

        Crowd.atOnce(thread -> {
            Channel rows = db.qAsync(
                    "{:limit -1 :chunk " + (20 + thread) + "}", "[:find ?n :where [_ :crowd/n ?n] [(<= 50000 ?n)]]");
            assertThat(rows.items()).hasSize(500).doesNotHaveDuplicates();
            return null;
        });
    }

    @Test
    void moreRequestsThanConnectionsAreAnsweredAll() {
        DbValue db = hello.db();
        List<Channel> channels = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            channels.add(db.pullAsync("[:db/ident]", 0L));
        }

        assertThat(channels)
                .allSatisfy(channel -> assertThat(channel.take()).isEqualTo(Clj.edn("{:db/ident :db.part/db}")));
    }
}
