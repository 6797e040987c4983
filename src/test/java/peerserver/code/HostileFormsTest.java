package peerserver.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import peerserver.security.Caller;
import peerserver.wire.Anomaly;
import peerserver.wire.AnomalyException;
import peerserver.wire.Category;
import peerserver.wire.EdnCodec;

/** With a confined key no generated form leaves a mark; with a trusted key some do, so that it proves something. */
class HostileFormsTest {

    private static final long SEED = Long.getLong("peerserver.fuzz.seed", 20_261_122);
    private static final int TIMES = 1_500 * Integer.getInteger("peerserver.fuzz.times", 1);
    private static final int CONTROLS = 3_000;

    @ParameterizedTest
    @EnumSource
    void noQueryRunsCode(EscapeEngine engine, @TempDir Path directory) {
        check(new ServedForEscape(engine, directory), HostileForms::query);
    }

    @ParameterizedTest
    @EnumSource
    void noTransactionInstallsCode(EscapeEngine engine, @TempDir Path directory) {
        check(new ServedForEscape(engine, directory), HostileForms::transactions);
    }

    private static void check(ServedForEscape database, Function<HostileForms, String> form) {
        HostileForms forms = new HostileForms(SEED);
        try (ServedForEscape served = database) {
            for (int i = 0; i < TIMES; i++) {
                String text = form.apply(forms);
                assertThat(leavesMark(served, ServedForEscape.CONFINED, text))
                        .as("mark left by form %d of seed %d: %s", i, SEED, text)
                        .isFalse();
            }
            HostileForms same = new HostileForms(SEED);
            assertThat(Stream.generate(() -> form.apply(same)).limit(CONTROLS))
                    .anyMatch(text -> leavesMark(served, ServedForEscape.TRUSTED, text));
        }
        Marks.clear();
    }

    private static boolean leavesMark(ServedForEscape served, Caller caller, String text) {
        Marks.clear();
        Attempt attempt;
        try {
            attempt = Attempt.of((Map<?, ?>) EdnCodec.readString(text));
        } catch (AnomalyException e) {
            return false; // A map or a set with the same twice.
        }
        Anomaly refusal = served.refusal(caller, attempt);
        if (caller.equals(ServedForEscape.CONFINED) && refusal != null) {
            assertThat(refusal.category()).as("%s of %s", refusal, text).isNotEqualTo(Category.FAULT);
        }
        return Marks.left();
    }
}
