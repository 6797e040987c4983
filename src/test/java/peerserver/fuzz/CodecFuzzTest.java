package peerserver.fuzz;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import peerserver.wire.AnomalyException;
import peerserver.wire.WireCodec;

class CodecFuzzTest {

    private static final Corpus CORPUS = Corpus.of(
            Map.of("hello", "hello-id", "scratch", "scratch-id"), 1004, "v1.d2l0aA", "v1.bmV4dA", List.of("token"));

    @Test
    void whateverIsReadCanBeWrittenAndReadAgainAndTheRestIsIncorrect() {
        Lane.run("codec", 10_000, this::trial);
    }

    private @Nullable String trial(SplittableRandom random, int number, Consumer<Object> note) {
        Input input = Input.of(random, CORPUS);
        note.accept(input);
        Object value;
        try {
            value = input.codec().decode(input.body());
        } catch (AnomalyException e) {
            return Verdict.on(e.anomaly(), null);
        }
        for (WireCodec codec : Input.CODECS) {
            String wrong = written(value, codec);
            if (wrong != null) {
                return wrong;
            }
        }
        return null;
    }

    private static @Nullable String written(Object value, WireCodec codec) {
        byte[] body;
        try {
            body = codec.encode(value);
        } catch (AnomalyException e) {
            return Verdict.on(e.anomaly(), null);
        }
        codec.decode(body);
        return null;
    }
}
