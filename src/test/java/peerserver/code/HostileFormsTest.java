package peerserver.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import peerserver.security.Caller;
import peerserver.wire.Anomaly;
import peerserver.wire.AnomalyException;
import peerserver.wire.Category;
import peerserver.wire.Datom;
import peerserver.wire.EdnCodec;

/**
 * With a confined key no generated form leaves a mark, and no datom is made that could lead to one; with a trusted key both
 * happen, so that it proves something.
 */
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

    /** A mark needs the right steps in their order; a datom of code, or of what stands for its attribute, only some of them. */
    @ParameterizedTest
    @EnumSource
    void noTransactionMakesCodeKnown(EscapeEngine engine, @TempDir Path directory) {
        HostileForms forms = new HostileForms(SEED);
        try (ServedForEscape served = new ServedForEscape(engine, directory)) {
            for (int i = 0; i < TIMES; i++) {
                String text = forms.datoms();
                assertThat(code(served, ServedForEscape.CONFINED, text))
                        .as("made by form %d of seed %d: %s", i, SEED, text)
                        .isEmpty();
            }
            HostileForms same = new HostileForms(SEED);
            assertThat(Stream.generate(same::datoms).limit(CONTROLS))
                    .anyMatch(
                            text -> !code(served, ServedForEscape.TRUSTED, text).isEmpty());
        }
    }

    private static List<Datom> code(ServedForEscape served, Caller caller, String text) {
        List<Datom> code = new ArrayList<>();
        attempt(text)
                .ifPresent(attempt -> served.refusal(caller, attempt, datom -> {
                    if (served.isCode(datom)) {
                        code.add(datom);
                    }
                }));
        return code;
    }

    private static Optional<Attempt> attempt(String text) {
        try {
            return Optional.of(Attempt.of(EdnCodec.readString(text)));
        } catch (AnomalyException e) {
            return Optional.empty(); // A map or a set with the same twice.
        }
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
        Anomaly refusal =
                attempt(text).map(attempt -> served.refusal(caller, attempt)).orElse(null);
        if (caller.equals(ServedForEscape.CONFINED) && refusal != null) {
            assertThat(refusal.category()).as("%s of %s", refusal, text).isNotEqualTo(Category.FAULT);
        }
        return Marks.left();
    }
}
