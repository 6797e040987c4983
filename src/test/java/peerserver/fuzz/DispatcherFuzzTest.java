package peerserver.fuzz;

import clojure.lang.Keyword;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import peerserver.wire.AnomalyException;
import peerserver.wire.WireCodec;

class DispatcherFuzzTest {

    /** Transactions get through: after so many inputs the databases are made anew. */
    private static final int BETWEEN_DATABASES = 2_000;

    private @Nullable ServedInMemory served;
    private Corpus corpus = new Corpus(java.util.List.of(), java.util.List.of());

    @AfterEach
    void close() {
        if (served != null) {
            served.close();
        }
    }

    @Test
    void everyInputIsAnsweredOrRefusedForWhatItIsAndTheNextRequestIsAnswered() {
        Lane.run("dispatcher", 7_000, this::trial);
    }

    private @Nullable String trial(SplittableRandom random, int number, Consumer<Object> note) {
        ServedInMemory house = served(number);
        Input input = Input.of(random, corpus);
        note.accept(input);
        Object request;
        try {
            request = input.codec().decode(input.body());
        } catch (AnomalyException e) {
            return written(e.anomaly().toMap(), input.codec(), null);
        }
        note.accept(input + "\n" + request);
        try {
            return written(house.answer(request), input.codec(), request);
        } catch (AnomalyException e) {
            String wrong = Verdict.on(e.anomaly(), request);
            return wrong == null ? written(e.anomaly().toMap(), input.codec(), null) : wrong;
        }
    }

    private ServedInMemory served(int number) {
        ServedInMemory house = served;
        if (house != null && number % BETWEEN_DATABASES != 0) {
            return house;
        }
        if (house != null) {
            if (!house.goesOn()) {
                throw new IllegalStateException("a valid request is no longer answered");
            }
            house.close();
        }
        house = new ServedInMemory();
        corpus = house.corpus();
        served = house;
        return house;
    }

    /** Answers can be written, or it can be said why not; anomalies can be written in any case. */
    private static @Nullable String written(Map<Keyword, Object> reply, WireCodec codec, @Nullable Object request) {
        try {
            codec.decode(codec.encode(reply));
            return null;
        } catch (AnomalyException e) {
            return request == null
                    ? "an anomaly that cannot be written: " + e.anomaly()
                    : Verdict.on(e.anomaly(), request);
        }
    }
}
