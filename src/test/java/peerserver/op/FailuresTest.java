package peerserver.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clojure.lang.ISeq;
import clojure.lang.PersistentVector;
import clojure.lang.RT;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import peerserver.db.EngineErrors;
import peerserver.wire.Anomaly;
import peerserver.wire.AnomalyException;
import peerserver.wire.Category;
import peerserver.wire.Codecs;

class FailuresTest {

    private static final Logger LOGGER = Logger.getLogger(Failures.class.getName());

    private final List<LogRecord> log = new ArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            log.add(entry);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        LOGGER.setUseParentHandlers(false);
        LOGGER.addHandler(handler);
    }

    @AfterEach
    void stopListening() {
        LOGGER.removeHandler(handler);
        LOGGER.setUseParentHandlers(true);
    }

    @Test
    void anAnomalyIsPassedOnHoweverItIsWrapped() {
        AnomalyException thrown = AnomalyException.incorrect("no");

        assertThat(Failures.anomaly(thrown)).isEqualTo(thrown.anomaly());
        assertThat(Failures.anomaly(new CompletionException(new ExecutionException(thrown))))
                .isEqualTo(thrown.anomaly());
        assertThat(log).isEmpty();
    }

    @Test
    void whatNobodyForesawIsLoggedAndTheCallerGetsNoInternals() {
        Throwable thrown = new IllegalStateException("jdbc password=s3cr3t");
        Anomaly anomaly = Failures.anomaly(new CompletionException(thrown));

        assertThat(anomaly.category()).isEqualTo(Category.FAULT);
        assertThat(anomaly.data()).isEmpty();
        assertThat(anomaly.message()).doesNotContain("s3cr3t", "IllegalState").matches(".* incident [0-9a-f-]{36}");
        assertThat(log).singleElement().satisfies(entry -> {
            assertThat(entry.getThrown()).isSameAs(thrown);
            assertThat(anomaly.message()).endsWith(entry.getMessage().substring("Incident ".length()));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/transit+msgpack", "application/transit+json", "application/edn"})
    void aValueThatFailsWhenItIsLookedAtIsTheCallers(String mediaType) {
        ISeq keysOfANumber = RT.keys(PersistentVector.create(1L));

        assertThatThrownBy(() -> Codecs.forContentType(mediaType).encode(List.of(keysOfANumber)))
                .satisfies(thrown -> {
                    Anomaly anomaly = Failures.anomaly(new CompletionException(thrown));
                    assertThat(anomaly.category()).isEqualTo(Category.INCORRECT);
                    assertThat(anomaly.message()).contains("java.lang.Long cannot be cast");
                });
        assertThat(log).isEmpty();
    }

    @Test
    void errorsAreForeseenByNobodyEither() {
        assertThat(Failures.anomaly(new StackOverflowError()).category()).isEqualTo(Category.FAULT);
    }

    @Test
    void whoUsesUpTheMemoryIsToldToAskForLess() {
        Throwable inTheEngine = new ExecutionException(new OutOfMemoryError("Java heap space"));

        assertThat(Failures.anomaly(new OutOfMemoryError("Java heap space"))).isEqualTo(Anomaly.outOfMemory());
        assertThat(EngineErrors.anomaly(new IllegalStateException("processing clause", inTheEngine)))
                .isEqualTo(Anomaly.outOfMemory());
        assertThat(log).isNotEmpty();
    }
}
