package peerserver.db.peer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import peerserver.db.Index;
import peerserver.db.IndexPull;
import peerserver.form.SelectorForm;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResumedPullsTest {

    private final TestDatabase database = Everything.database();

    @AfterAll
    void close() {
        database.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "AVET|[:a/long]|false|6",
                "AVET|[:a/long 4]|false|4",
                "AVET|[:a/long 4]|true|3",
                "AVET|[:a/same 1]|false|6",
                "AEVT|[:a/ref]|false|11"
            })
    void aWalkThatPullsResumesAtEveryRow(Index index, String start, boolean reverse, int rows) {
        IndexPull walk = new IndexPull(
                index.keyword(),
                SelectorForm.parse(TestDatabase.read("[:db/id :a/id :a/same]")),
                TestDatabase.list(start),
                reverse);

        assertThat(Reading.assertResumesAtEveryRow(
                        start, resume -> database.value().indexPull(walk, resume)))
                .isEqualTo(rows);
    }
}
