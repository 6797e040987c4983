package peerserver.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import clojure.lang.Keyword;
import clojure.lang.RT;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Finding databases and connecting to them. */
abstract class CatalogConformance extends Conformance {

    CatalogConformance(Target target) {
        super(target);
    }

    @Test
    void listsTheDatabasesThatItServes() {
        assertThat(client.listDatabases()).containsAll(Clj.list(Target.DATABASES));
    }

    @Test
    void listsThemToTheAsynchronousClientToo() {
        assertThat(Clj.list(client.listDatabasesAsync().take())).containsAll(Clj.list(Target.DATABASES));
    }

    @Test
    void connectsByName() {
        Connection other = client.connect(Target.OTHER);

        assertThat(Clj.get(other.it(), "db-name")).isEqualTo(Target.OTHER);
        assertThat(Clj.get(other.db().it(), "db-name")).isEqualTo(Target.OTHER);
        assertThat(Clj.get(other.it(), "database-id")).isInstanceOf(String.class);
    }

    @Test
    void givesDifferentDatabasesDifferentIds() {
        assertThat(Clj.get(client.connect(Target.OTHER).it(), "database-id"))
                .isNotEqualTo(Clj.get(hello.it(), "database-id"));
    }

    @Test
    void givesOneDatabaseOneIdHoweverOftenAsked() {
        assertThat(Clj.get(client.connect(Target.HELLO).it(), "database-id"))
                .isEqualTo(Clj.get(hello.it(), "database-id"));
    }

    @Test
    void connectsAsynchronously() {
        Connection other = new Connection(client.connectAsync(Target.OTHER).take());

        assertThat(other.db().t()).isPositive();
    }

    @Test
    void knowsNoOtherDatabase() {
        Failure.of(() -> client.connect("no-such-database"))
                .hasCategory("not-found")
                .says("no-such-database");
        client.connectAsync("no-such-database").takeFailure().hasCategory("not-found");
    }

    @Test
    void connectingAnewSeesTheNewestTransaction() {
        long t = hello.transact("[{:db/ident :catalog/newest}]").t();

        assertThat(client.connect(Target.HELLO).db().t()).isGreaterThanOrEqualTo(t);
    }

    @Test
    void aNewDatabaseHoldsNothingButDatomicsOwn() {
        DbValue empty = client.connect(Target.EMPTY).db();

        assertThat(empty.q("[:find ?i :where [?a :db/valueType] [?a :db/ident ?i]]"))
                .isNotEmpty()
                .allSatisfy(row ->
                        assertThat(((Keyword) RT.nth(row, 0)).getNamespace()).matches("db(\\..*)?|fressian"));
        assertThat(empty.pull("[:db/ident]", Clj.keyword("db/doc"))).isEqualTo(Clj.edn("{:db/ident :db/doc}"));
    }

    @Test
    void countsDatomsAndAttributes() {
        hello.transact(
                "[{:db/ident :catalog/counted :db/valueType :db.type/long :db/cardinality :db.cardinality/one}]");
        long before = Clj.number(hello.db().stats(), "datoms");
        hello.transact("[{:catalog/counted 1} {:catalog/counted 2}]");

        Object stats = hello.db().stats();

        assertThat(Clj.number(stats, "datoms")).isEqualTo(before + 3);
        Object counted = Clj.get(Clj.get(stats, "attrs"), "catalog/counted");
        assertThat(Clj.number(counted, "count")).isEqualTo(2);
    }

    @Test
    void countsTheWholeHistoryWhateverTheFilter() {
        DbValue db = client.connect(Target.EMPTY).db();
        long datoms = Clj.number(db.stats(), "datoms");

        assertThat(List.of(db.asOf(db.t()), db.since(0L), db.history()))
                .allSatisfy(filtered ->
                        assertThat(Clj.number(filtered.stats(), "datoms")).isEqualTo(datoms));
    }

    @Test
    void countsForTheAsynchronousClientToo() {
        Object stats =
                new Channel(RealClient.async("db-stats").invoke(hello.db().it())).take();

        assertThat(Clj.number(stats, "datoms")).isPositive();
    }

    @Test
    void aDatabaseValueKnowsItsT() {
        TxReport report = hello.transact("[{:db/ident :catalog/known-t}]");

        assertThat(hello.db().t()).isGreaterThanOrEqualTo(report.t());
        assertThat(Clj.number(report.dbAfter().it(), "next-t")).isGreaterThan(report.t());
    }
}
