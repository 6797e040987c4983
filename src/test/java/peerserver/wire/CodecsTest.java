package peerserver.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CodecsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/transit+msgpack|application/transit+msgpack",
                "application/transit+json; charset=utf-8|application/transit+json",
                " Application/EDN ;x=y|application/edn"
            })
    void contentTypeFindsItsCodec(String contentType, String mediaType) {
        assertThat(Codecs.forContentType(contentType).mediaType()).isEqualTo(mediaType);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "application/json", "application/transit", "text/plain", ";"})
    void anotherContentTypeIsIncorrectAndTheSupportedOnesAreNamed(String contentType) {
        assertThatThrownBy(() -> Codecs.forContentType(contentType))
                .isInstanceOf(AnomalyException.class)
                .hasMessageContainingAll("application/transit+msgpack", "application/transit+json", "application/edn");
    }

    @Test
    void noContentTypeIsIncorrect() {
        assertThatThrownBy(() -> Codecs.forContentType(null)).isInstanceOf(AnomalyException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/transit+msgpack|application/transit+msgpack",
                "text/html, application/transit+json, application/edn|application/transit+json",
                "text/html, application/transit+json;q=0.9, application/edn|application/edn",
                "application/edn ; q=0.1, application/transit+json|application/transit+json",
                "application/edn;q=0.5;x=y, application/transit+json;Q=0.45|application/edn",
                "application/transit+json;q=0.000, */*;q=0.1|application/edn",
                "application/transit+json;q=0|application/edn",
                "application/transit+json;q=much|application/transit+json",
                "application/transit+json;q=0, application/transit+msgpack|application/transit+msgpack",
                "*/*|application/edn",
                "application/*;q=0.1|application/edn",
                "text/html|application/edn",
                "''|application/edn",
                ",;,|application/edn"
            })
    void acceptFindsTheSupportedTypeThatIsWantedMost(String accept, String mediaType) {
        assertThat(Codecs.forAccept(accept, EdnCodec.INSTANCE).mediaType()).isEqualTo(mediaType);
    }

    @Test
    void withoutAcceptTheCallersOwnTypeAnswers() {
        assertThat(Codecs.forAccept(null, TransitCodec.json())).isSameAs(TransitCodec.json());
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/transit+msgpack", "application/transit+json", "application/edn"})
    void whatIsReadIsAsDeepAsAllowed(String mediaType) {
        WireCodec codec = Codecs.forContentType(mediaType);
        byte[] three = codec.encode(EdnCodec.readString("[[[1]]]"));

        assertThat(codec.decode(three, 3)).isEqualTo(EdnCodec.readString("[[[1]]]"));
        assertThatThrownBy(() -> codec.decode(three, 2))
                .isInstanceOf(AnomalyException.class)
                .hasMessage(
                        mediaType.endsWith("json")
                                ? "The body is not valid Transit"
                                : "Data is nested deeper than 2 levels");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/transit+msgpack", "application/transit+json", "application/edn"})
    void whatIsWrittenIsAsLongAsAllowed(String mediaType) {
        WireCodec codec = Codecs.forContentType(mediaType);
        Object value = EdnCodec.readString("[\"" + "long ".repeat(10_000) + "\"]");
        int length = codec.encode(value).length;

        assertThat(codec.encode(value, length)).hasSize(length);
        assertThatThrownBy(() -> codec.encode(value, length - 1))
                .isInstanceOf(AnomalyException.class)
                .hasMessageContaining("longer than " + (length - 1) + " bytes");
    }
}
