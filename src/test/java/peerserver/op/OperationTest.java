package peerserver.op;

import static org.assertj.core.api.Assertions.assertThat;

import clojure.lang.Keyword;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import peerserver.launch.PeerServerProcess;

class OperationTest {

    @ParameterizedTest
    @CsvSource({
        "status, STATUS",
        "transact, TRANSACT",
        "q, Q",
        "pull, PULL",
        "index-pull, INDEX_PULL",
        "datoms, DATOMS",
        "index-range, INDEX_RANGE",
        "tx-range, TX_RANGE",
        "db-stats, DB_STATS",
        "with-db, WITH_DB",
        "with, WITH",
        "next, NEXT"
    })
    void operationsOnDatabasesHaveAPlainAndAQualifiedName(String name, Operation operation) {
        assertThat(Operation.named(Keyword.intern(null, name))).contains(operation);
        assertThat(Operation.named(Keyword.intern("datomic.client.protocol", name)))
                .contains(operation);
        assertThat(Operation.named(Keyword.intern("datomic.catalog", name))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "resolve-db, RESOLVE_DB",
        "list-dbs, LIST_DBS",
        "create-db, CREATE_DB",
        "delete-db, DELETE_DB",
        "administer-system, ADMINISTER_SYSTEM"
    })
    void operationsOnTheCatalogHaveAQualifiedName(String name, Operation operation) {
        assertThat(Operation.named(Keyword.intern("datomic.catalog", name))).contains(operation);
        assertThat(Operation.named(Keyword.intern(null, name))).isEmpty();
        assertThat(Operation.named(Keyword.intern("datomic.client.protocol", name)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Q", "query", "other/q", "index_pull"})
    void othersAreUnknown(String name) {
        assertThat(Operation.named(Keyword.intern(name))).isEmpty();
    }

    @Test
    void haproxyTakesForReadsWhatDoesNotWrite() throws IOException {
        List<String> reads =
                Files.readAllLines(PeerServerProcess.checkout().resolve("server-config/haproxy/reads.lst")).stream()
                        .filter(line -> !line.startsWith("#"))
                        .toList();

        assertThat(reads).doesNotHaveDuplicates();
        assertThat(reads.stream()
                        .map(name -> Operation.named(Keyword.intern(name)).orElseThrow()))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Operation.values())
                        .filter(Predicate.not(Operation::writes))
                        .toList());
    }
}
