package peerserver.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A database value is the one at its t, before, during and after the transactions of others. */
abstract class BasisConformance extends Conformance {

    private static final String COUNT = "[:find (count ?e) :where [?e :basis/n]]";

    BasisConformance(Target target) {
        super(target);
    }

    @Override
    void install() {
        schema("[{:db/ident :basis/n :db/valueType :db.type/long :db/cardinality :db.cardinality/one"
                + " :db/index true}"
                + " {:db/ident :basis/id :db/valueType :db.type/string :db/cardinality :db.cardinality/one"
                + " :db/unique :db.unique/identity}]");
    }

    @Test
    void anEarlierValueSeesNothingLater() {
        DbValue before = hello.transact("[{:basis/id \"earlier\" :basis/n 1}]").dbAfter();
        hello.transact("[{:basis/id \"earlier\" :basis/n 2} {:basis/id \"later\" :basis/n 3}]");

        String numbers = "[:find ?n :where [?e :basis/id \"earlier\"] [?e :basis/n ?n]]";
        assertThat(before.q(numbers)).isEqualTo(Clj.edn("[[1]]"));
        assertThat(before.q("[:find ?e :where [?e :basis/id \"later\"]]")).isEmpty();
        assertThat(before.pull("[:basis/n]", Clj.edn("[:basis/id \"earlier\"]")))
                .isEqualTo(Clj.edn("{:basis/n 1}"));
        assertThat(before.pull("[:basis/n]", Clj.edn("[:basis/id \"later\"]"))).isEqualTo(Clj.edn("{}"));
        assertThat(before.datoms("{:index :avet :components [:basis/id \"later\"]}"))
                .isEmpty();
        assertThat(before.history().q(numbers)).isEqualTo(Clj.edn("[[1]]"));
    }

    @Test
    void anIterationSeesNothingThatIsTransactedWhileItGoesOn() {
        DbValue db = hello.transactData(Bulk.numbers("basis/n", 1000, 1050)).dbAfter();
        Channel channel = db.async("index-range", "{:attrid :basis/n :start 1000 :end 2000 :chunk 10}");
        List<Object> values = new ArrayList<>(Clj.list(channel.take()));

        hello.transactData(Bulk.numbers("basis/n", 1050, 1100));
        values.addAll(channel.items());

        assertThat(values).hasSize(50);
    }

    @Test
    void valuesStandStillWhileWritersGoOn() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        ExecutorService writer = Executors.newSingleThreadExecutor();
        try {
            Future<Integer> written = writer.submit(() -> {
                Connection own = client.connect(Target.HELLO);
                int n = 0;
                while (!stop.get()) {
                    own.transact("[{:basis/n %d}]", 10_000 + n++);
                }
                return n;
            });
            for (int round = 0; round < 10; round++) {
                DbValue db = hello.sync(hello.transact("[{:basis/n 5}]").t());
                List<Object> first = db.q(COUNT);
                assertThat(db.q(COUNT)).isEqualTo(first);
                assertThat(db.datoms("{:index :aevt :components [:basis/n] :limit -1}"))
                        .hasSize(((Number) Clj.list(first.get(0)).get(0)).intValue());
            }
            stop.set(true);
            assertThat(written.get(30, TimeUnit.SECONDS)).isPositive();
        } finally {
            stop.set(true);
            writer.shutdown();
        }
    }

    @Test
    void theValueAfterATransactionCanBeReadAtOnce() {
        for (int n = 0; n < 20; n++) {
            TxReport report = hello.transact("[{:db/id \"e\" :basis/n %d}]", n);
            assertThat(report.dbAfter().pull("[:basis/n]", report.tempid("e"))).isEqualTo(Clj.edn("{:basis/n %d}", n));
        }
    }

    @Test
    void anotherClientCatchesUpBySync() {
        Connection other = target.client(target.keys().get(1)).connect(Target.HELLO);
        TxReport report = hello.transact("[{:basis/id \"synced\"}]");

        DbValue db = other.sync(report.t());

        assertThat(db.t()).isEqualTo(report.t());
        assertThat(db.q("[:find ?e :where [?e :basis/id \"synced\"]]")).hasSize(1);
        Object again = new Channel(RealClient.async("sync").invoke(other.it(), report.t())).take();
        assertThat(new DbValue(again).q("[:find ?e :where [?e :basis/id \"synced\"]]"))
                .hasSize(1);
    }

    @Test
    void anAnswerTellsTheConnectionHowFarTheDatabaseIs() {
        Connection other = client.connect(Target.HELLO);
        long t = hello.transact("[{:basis/id \"told\"}]").t();

        long later = other.transact("[{:basis/id \"told too\"}]").t();

        assertThat(later).isGreaterThan(t);
        assertThat(other.db().t()).isGreaterThanOrEqualTo(later);
    }

    @Test
    void aTInTheFutureIsUnavailableOnceTheTimeIsUp() {
        long t = hello.db().t();
        long future = t + 1_000_000;
        Object context = Clj.merge(RawContext.of(hello.db()), Clj.mapOf("t", future, "next-t", future + 1));
        long start = System.nanoTime();

        Failure failure = target.requests()
                .send(Clj.merge(context, Clj.edn("{:op :pull :selector [:db/ident] :eid 0 :timeout 300}")))
                .failure();

        failure.hasCategory("unavailable").says(String.valueOf(future));
        assertThat(failure.message()).as("both t").containsPattern("\\d{4,}\\D+\\d+");
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isBetween(250L, 8000L);
    }

    @Test
    void aTThatIsAboutToComeIsWaitedFor() throws Exception {
        long next = Clj.number(hello.transact("[]").dbAfter().it(), "next-t");
        Object context = Clj.merge(RawContext.of(hello.db()), Clj.mapOf("t", next, "next-t", next + 1));
        ExecutorService reader = Executors.newSingleThreadExecutor();
        try {
            Future<Object> answer = reader.submit(() -> target.requests()
                    .send(Clj.merge(context, Clj.edn("{:op :pull :selector [:db/ident] :eid 0 :timeout 20000}")))
                    .success());
            Thread.sleep(200);
            hello.transact("[{:basis/id \"waited for\"}]");

            assertThat(Clj.get(answer.get(15, TimeUnit.SECONDS), "result"))
                    .isEqualTo(Clj.edn("{:db/ident :db.part/db}"));
        } finally {
            reader.shutdown();
        }
    }
}
