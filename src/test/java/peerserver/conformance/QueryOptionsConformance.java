package peerserver.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import clojure.lang.RT;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The options of queries, and lazy queries. */
abstract class QueryOptionsConformance extends Conformance {

    private static final String NUMBERS = "[:find ?n :where [_ :option/n ?n]]";
    private static final String PULLS = "[:find ?n (pull ?e [:option/n]) :where [?e :option/n ?n]]";

    private DbValue db;

    QueryOptionsConformance(Target target) {
        super(target);
    }

    @Override
    void install() {
        hello.transact("[{:db/ident :option/n :db/valueType :db.type/long :db/cardinality :db.cardinality/one}]");
        db = hello.transactData(Bulk.numbers("option/n", 0, 100)).dbAfter();
    }

    @Test
    void answersEveryRowByDefault() {
        assertThat(db.q(NUMBERS)).hasSize(100).doesNotHaveDuplicates();
    }

    @Test
    void limitsRows() {
        assertThat(rows("{:limit 5}")).hasSize(5).doesNotHaveDuplicates();
        assertThat(rows("{:limit 0}")).isEmpty();
        assertThat(rows("{:limit -1}")).hasSize(100);
        assertThat(rows("{:limit 1000}")).hasSize(100);
    }

    @Test
    void leavesOutTheFirstRows() {
        assertThat(rows("{:offset 95}")).hasSize(5);
        assertThat(rows("{:offset 100}")).isEmpty();
        assertThat(rows("{:offset 1000}")).isEmpty();
    }

    @Test
    void separatePagesByOffsetAndLimitCoverTheResultExactlyOnce() {
        Set<Object> seen = new HashSet<>();
        for (int offset = 0; offset < 100; offset += 30) {
            List<Object> page = rows("{:offset " + offset + " :limit 30}");
            assertThat(page).hasSize(Math.min(30, 100 - offset));
            assertThat(page).allSatisfy(row -> assertThat(seen.add(row)).isTrue());
        }
        assertThat(seen).hasSize(100);
    }

    @Test
    void offsetAndLimitTogetherTakeAPieceOfTheWhole() {
        assertThat(rows("{:offset 10 :limit 7 :chunk 3}")).isEqualTo(rows("{}").subList(10, 17));
    }

    @Test
    void aGenerousTimeoutChangesNothing() {
        assertThat(rows("{:timeout 30000}")).hasSize(100);
    }

    @Test
    void reportsReadsWhenAskedFor() {
        Object answer = db.qWith("{:io-context :conformance/query}", NUMBERS);

        assertThat(Clj.list(Clj.get(answer, "ret"))).hasSize(100);
        Object stats = Clj.get(answer, "io-stats");
        assertThat(Clj.get(stats, "io-context")).isEqualTo(Clj.keyword("conformance/query"));
        assertThat(Clj.get(stats, "api-ms")).isInstanceOf(Number.class);
    }

    @Test
    void reportsHowTheQueryRanWhenAskedFor() {
        Object answer = db.qWith("{:query-stats true}", NUMBERS);

        assertThat(Clj.list(Clj.get(answer, "ret"))).hasSize(100);
        Object stats = Clj.get(answer, "query-stats");
        assertThat(Clj.list(Clj.get(stats, "phases"))).isNotEmpty();
    }

    @Test
    void reportsBothTogetherAndOverSeveralChunks() {
        Object answer = db.qWith("{:query-stats true :io-context :conformance/both :chunk 30}", NUMBERS);

        assertThat(Clj.list(Clj.get(answer, "ret"))).hasSize(100);
        assertThat(Clj.get(answer, "io-stats")).isNotNull();
        assertThat(Clj.get(answer, "query-stats")).isNotNull();
    }

    @Test
    void lazyQueriesKnowTheirCountBeforeTheyAreRead() {
        Object rows = db.qseq("{:chunk 7}", PULLS);

        assertThat(RT.count(rows)).isEqualTo(100);
        assertThat(Clj.list(rows)).hasSize(100).doesNotHaveDuplicates().allSatisfy(row -> {
            Object n = RT.nth(row, 0);
            assertThat(Clj.get(RT.nth(row, 1), "option/n")).isEqualTo(n);
        });
    }

    @Test
    void theCountOfALazyQueryRespectsOffsetAndLimit() {
        assertThat(RT.count(db.qseq("{:chunk 7 :offset 80}", PULLS))).isEqualTo(20);
        assertThat(RT.count(db.qseq("{:chunk 7 :limit 30}", PULLS))).isEqualTo(30);
        assertThat(RT.count(db.qseq("{:chunk 7 :offset 90 :limit 30}", PULLS))).isEqualTo(10);
    }

    @Test
    void aLazyQueryThatFindsNothingIsNil() {
        assertThat(db.qseq("{}", "[:find ?e :where [?e :option/n -1]]")).isNull();
    }

    @Test
    void aLazyQueryAnswersMapsWhenAsked() {
        Object rows = db.qseq("{:chunk 40}", "[:find ?n :keys number :where [_ :option/n ?n] [(< ?n 50)]]");

        assertThat(Clj.list(rows))
                .extracting(row -> Clj.get(row, "number"))
                .hasSize(50)
                .doesNotHaveDuplicates();
    }

    @Test
    void aLazyQueryCanBeLeftAfterItsFirstRow() {
        assertThat(RT.first(db.qseq("{:chunk 1}", PULLS))).isNotNull();
        assertThat(db.q(NUMBERS)).hasSize(100);
    }

    @Test
    void asynchronousLazyQueriesComeInChunks() {
        assertThat(db.qseqAsync("{:chunk 30 :limit -1}", PULLS).chunks())
                .extracting(List::size)
                .containsExactly(30, 30, 30, 10);
    }

    @Test
    void asynchronousQueriesComeInChunks() {
        assertThat(db.qAsync("{:chunk 30}", NUMBERS).chunks())
                .extracting(List::size)
                .containsExactly(30, 30, 30, 10);
    }

    final List<Object> rows(String options) {
        return Clj.list(db.qWith(options, NUMBERS));
    }
}
