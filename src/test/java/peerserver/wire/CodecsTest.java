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
                "text/html, application/transit+json;q=0.9, application/edn|application/transit+json",
                "application/transit+json;q=0, application/transit+msgpack|application/transit+msgpack",
                "*/*|application/edn",
                "application/*;q=0.1|application/edn",
                "text/html|application/edn",
                "''|application/edn",
                ",;,|application/edn"
            })
    void acceptFindsTheFirstSupportedType(String accept, String mediaType) {
        assertThat(Codecs.forAccept(accept, EdnCodec.INSTANCE).mediaType()).isEqualTo(mediaType);
    }

    @Test
    void withoutAcceptTheCallersOwnTypeAnswers() {
        assertThat(Codecs.forAccept(null, TransitCodec.json())).isSameAs(TransitCodec.json());
    }
}
