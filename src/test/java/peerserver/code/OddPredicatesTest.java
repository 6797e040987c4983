package peerserver.code;

import static org.assertj.core.api.Assertions.assertThat;
import static peerserver.code.ServedForEscape.TRUSTED;

import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import peerserver.wire.Anomaly;
import peerserver.wire.Category;
import peerserver.wire.EdnCodec;
import peerserver.wire.TransitCodec;

/**
 * What a predicate answers is told with the error. It may fail when it is looked at, have no end, or be the whole database:
 * the transaction is answered nevertheless, and with little.
 */
class OddPredicatesTest {

    private static final int LITTLE = 100_000;

    @ParameterizedTest
    @Timeout(60)
    @CsvSource({
        "PEER_LIBRARY, :db.entity/preds, clojure.core/concat",
        "PEER_LIBRARY, :db.entity/preds, clojure.core/interleave",
        "PEER_LIBRARY, :db.entity/preds, clojure.core/vector",
        "PEER_LIBRARY, :db.entity/preds, clojure.core/hash-map",
        "PEER_LIBRARY, :db.attr/preds, clojure.core/cycle",
        "PEER_LIBRARY, :db.attr/preds, clojure.core/repeat",
        "LOCAL, :db.entity/preds, clojure.core/concat",
        "LOCAL, :db.entity/preds, clojure.core/interleave",
        "LOCAL, :db.entity/preds, clojure.core/vector",
        "LOCAL, :db.entity/preds, clojure.core/hash-map",
        "LOCAL, :db.attr/preds, clojure.core/cycle",
        "LOCAL, :db.attr/preds, clojure.core/repeat"
    })
    void aTransactionThatTheyRefuseIsAnswered(
            EscapeEngine engine, String kind, String predicate, @TempDir Path directory) {
        boolean ofEntity = kind.equals(":db.entity/preds");
        String install = "{:db/ident " + (ofEntity ? ":g/g " : ":x/s ") + kind + " " + predicate + "}";
        String use = ofEntity ? "{:x/n 5 :db/ensure :g/g}" : "{:x/s \"abc\"}";
        try (ServedForEscape served = new ServedForEscape(engine, directory)) {
            for (String how : new String[] {":with", ":transact"}) {
                Attempt attempt = Attempt.of(EdnCodec.readString("{" + how + " [[" + install + "] [" + use + "]]}"));
                Anomaly refusal = Objects.requireNonNull(served.refusal(TRUSTED, attempt));
                assertThat(refusal.category()).as("%s", refusal.message()).isEqualTo(Category.INCORRECT);
                assertThat(refusal.encoded(TransitCodec.msgpack())).hasSizeLessThan(LITTLE);
            }
        }
    }
}
