package peerserver.form;

import java.util.List;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import peerserver.wire.AnomalyException;
import peerserver.wire.Category;
import peerserver.wire.EdnCodec;

/** Forms written as text. */
final class Edn {

    private Edn() {}

    static Object read(String text) {
        return EdnCodec.readString(text.replace('\'', '"'));
    }

    static List<?> list(String text) {
        return (List<?>) read(text);
    }

    static void assertIncorrect(ThrowingCallable call, String message) {
        Assertions.assertThatExceptionOfType(AnomalyException.class)
                .isThrownBy(call)
                .withMessage(message)
                .satisfies(e -> Assertions.assertThat(e.anomaly().category()).isEqualTo(Category.INCORRECT));
    }
}
