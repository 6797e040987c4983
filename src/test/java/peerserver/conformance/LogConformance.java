package peerserver.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Ranges of the log. Other suites write to the same log meanwhile. */
abstract class LogConformance extends Conformance {

    private final List<TxReport> reports = new ArrayList<>();

    LogConformance(Target target) {
        super(target);
    }

    @Override
    void install() {
        hello.transact("[{:db/ident :log/n :db/valueType :db.type/long :db/cardinality :db.cardinality/one}]");
        for (int n = 0; n < 5; n++) {
            reports.add(hello.transact("[{:db/id \"n\" :log/n %d}]", n));
            pause();
        }
    }

    @Test
    void aTransactionHasItsTAndItsDatoms() {
        TxReport third = reports.get(2);

        List<Object> range = hello.txRange(Clj.edn("{:start %d :end %d}", third.t(), third.t() + 1));

        assertThat(range).hasSize(1);
        assertThat(Clj.number(range.get(0), "t")).isEqualTo(third.t());
        assertThat(Datom.all(Clj.get(range.get(0), "data"))).containsExactlyInAnyOrderElementsOf(third.txData());
    }

    @Test
    void theEndIsExclusive() {
        assertThat(ours(Clj.edn("{:start %d :end %d}", t(1), t(3)))).containsExactly(t(1), t(2));
        assertThat(ours(Clj.edn("{:start %d :end %d}", t(1), t(1)))).isEmpty();
    }

    @Test
    void theRangeIsGivenByTransactions() {
        assertThat(ours(Clj.edn(
                        "{:start %d :end %d}",
                        reports.get(1).tx(), reports.get(4).tx())))
                .containsExactly(t(1), t(2), t(3));
    }

    @Test
    void theRangeIsGivenByInstants() {
        Object range = Clj.mapOf("start", instant(1), "end", instant(3), "limit", -1L);

        assertThat(ours(range)).containsExactly(t(1), t(2));
    }

    @Test
    void bothEndsMayBeOpen() {
        assertThat(ours(Clj.edn("{:start %d :limit -1}", t(3)))).containsExactly(t(3), t(4));
        assertThat(ours(Clj.edn("{:end %d :limit -1}", t(2)))).containsExactly(t(0), t(1));
        assertThat(ours(Clj.edn("{:start nil :end nil :limit -1}"))).hasSize(5);
        assertThat(ours(Clj.edn("{:limit -1 :chunk 3}"))).hasSize(5);
    }

    @Test
    void offsetLimitAndChunkApply() {
        String range = "{:start " + t(0) + " :end " + (t(4) + 1) + " ";

        assertThat(ours(Clj.edn(range + ":limit 2}"))).containsExactly(t(0), t(1));
        assertThat(ours(Clj.edn(range + ":offset 3}"))).containsExactly(t(3), t(4));
        assertThat(hello.txRangeAsync(Clj.edn(range + ":chunk 2}")).chunks())
                .extracting(List::size)
                .containsExactly(2, 2, 1);
    }

    private long t(int index) {
        return reports.get(index).t();
    }

    private Object instant(int index) {
        TxReport report = reports.get(index);
        return Clj.get(report.dbAfter().pull("[:db/txInstant]", report.tx()), "db/txInstant");
    }

    /** The t of this suite's transactions in the range. */
    private List<Long> ours(Object argMap) {
        List<Long> own = reports.stream().map(TxReport::t).toList();
        return hello.txRange(argMap).stream()
                .map(tx -> Clj.number(tx, "t"))
                .filter(own::contains)
                .toList();
    }
}
