package peerserver.fuzz;

import clojure.lang.Keyword;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import peerserver.wire.Anomaly;
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
        Lane.run("dispatcher", 4_000, this::trial);
    }

    private @Nullable String trial(SplittableRandom random, int number, Consumer<Object> note) {
        ServedInMemory house = served(number);
        Input input = Input.of(random, corpus);
        note.accept(input);
        Object request = null;
        Map<Keyword, Object> reply;
        try {
            request = input.codec().decode(input.body());
            note.accept(input + "\n" + request);
            reply = house.answer(number % 2 == 0 ? ServedInMemory.CALLER : ServedInMemory.CONFINED, request);
        } catch (AnomalyException e) {
            return refused(e.anomaly(), input.codec(), request);
        }
        byte[] body;
        try {
            body = input.codec().encode(reply);
        } catch (AnomalyException e) {
            return refused(e.anomaly(), input.codec(), request);
        }
        input.codec().decode(body);
        return null;
    }

    /** What is wrong with a refusal; it can be written, and read, in any case. */
    private static @Nullable String refused(Anomaly anomaly, WireCodec codec, @Nullable Object request) {
        codec.decode(anomaly.encoded(codec));
        return Verdict.on(anomaly, request);
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
}
