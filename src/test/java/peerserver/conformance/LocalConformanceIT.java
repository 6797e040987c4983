package peerserver.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import clojure.lang.RT;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Every suite, against databases of Datomic Local. Where its answers differ, the test is here; where only the data of a
 * test do, in {@link TestedEngine}.
 */
@ExtendWith(SharedLocalServer.class)
class LocalConformanceIT {

    @Nested
    class Basis extends BasisConformance {
        Basis(Target target) {
            super(target);
        }
    }

    @Nested
    class Catalog extends CatalogConformance {
        Catalog(Target target) {
            super(target);
        }
    }

    @Nested
    class Concurrency extends ConcurrencyConformance {
        Concurrency(Target target) {
            super(target);
        }
    }

    @Nested
    class Datoms extends DatomsConformance {
        Datoms(Target target) {
            super(target);
        }
    }

    @Nested
    class Health extends HealthConformance {
        Health(Target target) {
            super(target);
        }
    }

    @Nested
    class Laziness extends LazinessConformance {
        Laziness(Target target) {
            super(target);
        }
    }

    @Nested
    class Log extends LogConformance {
        Log(Target target) {
            super(target);
        }
    }

    @Nested
    class Paging extends PagingConformance {
        Paging(Target target) {
            super(target);
        }
    }

    @Nested
    class PlainHttp extends PlainHttpConformance {
        PlainHttp(Target target) {
            super(target);
        }
    }

    @Nested
    class Pull extends PullConformance {
        Pull(Target target) {
            super(target);
        }

        @Override
        @Test
        void reportsReadsWhenAskedFor() {
            Object argMap =
                    Clj.edn("{:selector [:album/year] :eid [:album/title \"Help\"] :io-context :conformance/pull}");

            assertThat(db().pullWith(argMap)).isEqualTo(Clj.edn("{:album/year 1965}"));
        }
    }

    @Nested
    class Query extends QueryConformance {
        Query(Target target) {
            super(target);
        }
    }

    @Nested
    class QueryInputs extends QueryInputsConformance {
        QueryInputs(Target target) {
            super(target);
        }
    }

    @Nested
    class QueryOptions extends QueryOptionsConformance {
        QueryOptions(Target target) {
            super(target);
        }

        @Override
        @Test
        void reportsReadsWhenAskedFor() {
            assertThat(rows("{:io-context :conformance/query}")).hasSize(100);
        }

        @Override
        @Test
        void reportsHowTheQueryRanWhenAskedFor() {
            assertThat(rows("{:query-stats true}")).hasSize(100);
        }

        @Override
        @Test
        void reportsBothTogetherAndOverSeveralChunks() {
            assertThat(rows("{:query-stats true :io-context :conformance/both :chunk 30}"))
                    .hasSize(100);
        }
    }

    @Nested
    class ReadErrors extends ReadErrorsConformance {
        ReadErrors(Target target) {
            super(target);
        }

        /** Every attribute is indexed. */
        @Override
        @Test
        void anIndexThatIsNotThere() {
            assertThat(db().indexRange("{:attrid :wrong/many}")).isEmpty();
            assertThat(db().datoms("{:index :avet :components [:wrong/n] :limit 3}"))
                    .hasSize(3);
        }

        /** Reads are not counted, whatever the context. */
        @Override
        @Test
        void anIoContextWithoutANamespace() {
            assertThat(Clj.list(db().qWith("{:io-context :plain :limit 3}", "[:find ?n :where [_ :wrong/n ?n]]")))
                    .hasSize(3);
        }
    }

    @Nested
    class RequestErrors extends RequestErrorsConformance {
        RequestErrors(Target target) {
            super(target);
        }
    }

    @Nested
    class SentAgain extends SentAgainConformance {
        SentAgain(Target target) {
            super(target);
        }
    }

    @Nested
    class Signing extends SigningConformance {
        Signing(Target target) {
            super(target);
        }
    }

    @Nested
    class Speculation extends SpeculationConformance {
        Speculation(Target target) {
            super(target);
        }
    }

    @Nested
    class Statistics extends StatisticsConformance {
        Statistics(Target target) {
            super(target);
        }

        @Override
        @Test
        void aSpeculationReportsItsReadsBesideWhatItDid() {
            Object report = with("{:tx-data [{:stats/n 1000}] :io-context :conformance/with}");

            assertThat(Clj.get(report, "io-stats")).isNull();
            assertThat(new TxReport(report).txData()).hasSize(2);
        }

        @Override
        @Test
        void lazyQueriesReportBoth() {
            assertThat(RT.count(db().qseq(BOTH, NUMBERS))).isEqualTo(100);
        }

        @Override
        @Test
        void aQueryThatFindsNothingReportsBoth() {
            assertThat(Clj.list(db().qWith(BOTH, "[:find ?e :where [?e :stats/n -1]]")))
                    .isEmpty();
        }

        @Override
        @Test
        void asynchronousQueriesCarryBothWithTheirFirstChunk() {
            Channel chunks = db().qAsync(BOTH, NUMBERS);

            assertThat(Clj.list(chunks.take())).hasSize(30);
            assertThat(chunks.items()).hasSize(70);
        }

        @Override
        @Test
        void queryStatisticsTellOfTheQueryAndItsClauses() {
            assertThat(Clj.list(db().qWith("{:query-stats true}", NUMBERS))).hasSize(100);
        }

        @Override
        @Test
        void resultsAreTheSameWithStatistics() {
            assertThat(db().qWith(BOTH, NUMBERS)).isEqualTo(db().qWith("{:chunk 30}", NUMBERS));
        }
    }

    @Nested
    class SteadyReads extends SteadyReadsConformance {
        SteadyReads(Target target) {
            super(target);
        }
    }

    @Nested
    class Time extends TimeConformance {
        Time(Target target) {
            super(target);
        }

        @Override
        @Test
        void asOfAPointThatIsYetToComeIsNow() {
            for (Object point : List.of(db().t() + 1, LATER)) {
                Failure.of(() -> db().asOf(point).single(NUMBER))
                        .hasCategory("incorrect")
                        .says("not yet available");
            }
        }
    }

    @Nested
    class Timeout extends TimeoutConformance {
        Timeout(Target target) {
            super(target);
        }
    }

    @Nested
    class Token extends TokenConformance {
        Token(Target target) {
            super(target);
        }
    }

    @Nested
    class Transact extends TransactConformance {
        Transact(Target target) {
            super(target);
        }
    }

    @Nested
    class TransactErrors extends TransactErrorsConformance {
        TransactErrors(Target target) {
            super(target);
        }
    }

    @Nested
    class TransactionIds extends TransactionIdConformance {
        TransactionIds(Target target) {
            super(target);
        }
    }

    @Nested
    class ValueTypes extends ValueTypesConformance {
        ValueTypes(Target target) {
            super(target);
        }
    }

    @Nested
    class WireFormat extends WireFormatConformance {
        WireFormat(Target target) {
            super(target);
        }
    }
}
