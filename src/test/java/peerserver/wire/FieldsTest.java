package peerserver.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clojure.lang.RT;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class FieldsTest {

    private static final Fields FIELDS = Fields.of(RT.map(
            Keys.DB_NAME,
            "orders",
            Keys.LIMIT,
            5L,
            Keys.INDEX,
            Samples.key("eavt"),
            Keys.ARGS,
            List.of(1L),
            Keys.REVERSE,
            true,
            Keys.ACTION,
            " ",
            Keys.OFFSET,
            BigInteger.TEN,
            Keys.END,
            null));

    private static void assertIncorrect(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(AnomalyException.class).hasMessage(message);
    }

    @Test
    void fieldsHaveTypes() {
        assertThat(FIELDS.requiredString(Keys.DB_NAME)).isEqualTo("orders");
        assertThat(FIELDS.optionalLong(Keys.LIMIT, -1, 5)).hasValue(5);
        assertThat((Object) FIELDS.requiredKeyword(Keys.INDEX)).isEqualTo(Samples.key("eavt"));
        assertThat(FIELDS.requiredList(Keys.ARGS)).isEqualTo(List.of(1L));
        assertThat(FIELDS.flag(Keys.REVERSE)).isTrue();
        assertThat(FIELDS.required(Keys.LIMIT)).isEqualTo(5L);
        assertThat(FIELDS.has(Keys.LIMIT)).isTrue();
    }

    @Test
    void absentFieldsAreAbsent() {
        assertThat(FIELDS.string(Keys.QUERY)).isNull();
        assertThat((Object) FIELDS.keyword(Keys.QUERY)).isNull();
        assertThat(FIELDS.list(Keys.QUERY)).isNull();
        assertThat(FIELDS.value(Keys.QUERY)).isNull();
        assertThat(FIELDS.flag(Keys.QUERY)).isFalse();
        assertThat(FIELDS.optionalLong(Keys.QUERY, 0, 1)).isEqualTo(OptionalLong.empty());
        assertThat(FIELDS.longOr(Keys.CHUNK, 1_000, 1, 5)).isEqualTo(1_000);
        assertThat(FIELDS.has(Keys.END)).isFalse();
    }

    @Test
    void messagesNameTheField() {
        assertIncorrect(() -> FIELDS.optionalLong(Keys.DB_NAME, 0, 1), "Expected an integer for :db-name");
        assertIncorrect(() -> FIELDS.optionalLong(Keys.OFFSET, 0, 1), "Expected an integer for :offset");
        assertIncorrect(() -> FIELDS.optionalLong(Keys.LIMIT, 6, 9), "Expected an integer of at least 6 for :limit");
        assertIncorrect(() -> FIELDS.optionalLong(Keys.LIMIT, 0, 4), "Expected an integer of at most 4 for :limit");
        assertIncorrect(() -> FIELDS.string(Keys.LIMIT), "Expected a string for :limit");
        assertIncorrect(() -> FIELDS.requiredString(Keys.ACTION), "Expected a string for :action");
        assertIncorrect(() -> FIELDS.requiredKeyword(Keys.OP), "Expected a keyword for :op");
        assertIncorrect(() -> FIELDS.requiredList(Keys.LIMIT), "Expected a list for :limit");
        assertIncorrect(() -> FIELDS.flag(Keys.LIMIT), "Expected a boolean for :limit");
        assertIncorrect(() -> FIELDS.required(Keys.END), "Expected a value for :end");
    }

    @Test
    void onlyAMapWithKeywordKeysHasFields() {
        for (Object value : List.of("a", List.of(), Map.of("op", 1L))) {
            assertIncorrect(() -> Fields.of(value), "Expected a map with keyword keys");
        }
        assertIncorrect(() -> Fields.of(null), "Expected a map with keyword keys");
    }
}
