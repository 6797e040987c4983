package peerserver.op;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import peerserver.wire.EdnCodec;
import peerserver.wire.TransitCodec;
import peerserver.wire.WireCodec;

class FingerprintTest {

    private static long of(String edn) {
        return Fingerprint.of(EdnCodec.readString(edn));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{:db/id \"x\" :x/n 5 :x/tags #{\"a\" \"b\" \"c\"}} [:db/add 7 :x/m 1.50M]]",
                "[{:x/blobs #{#bytes \"AQID\" #bytes \"BA==\" #bytes \"BQ==\" #bytes \"Bg==\"} :x/nil nil}]",
                "[{:x/lines #{{:x/b #bytes \"AQID\" :x/n 1} {:x/b #bytes \"BA==\" :x/n 2}} :x/f 1.5 :x/i 1N}]",
                "[{:x/at #inst \"2026-01-01T00:00:00Z\" :x/u #uri \"http://a.example\" :x/s sym :x/k :k"
                        + " :x/id #uuid \"00000000-0000-0000-0000-000000000001\"}]"
            })
    void equalDataHaveTheSameHoweverTheyCame(String data) {
        Object value = EdnCodec.readString(data);

        for (WireCodec codec : List.of(EdnCodec.INSTANCE, TransitCodec.msgpack(), TransitCodec.json())) {
            assertThat(Fingerprint.of(codec.decode(codec.encode(value)))).isEqualTo(Fingerprint.of(value));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[{:x/n 1}]|[{:x/n 2}]",
                "[{:x/n 1}]|[{:x/m 1}]",
                "[{:x/n 1} {:x/n 2}]|[{:x/n 2} {:x/n 1}]",
                "[{:x/n 1 :x/m 2}]|[{:x/n 2 :x/m 1}]",
                "[]|[[]]",
                "[{}]|[#{}]",
                "[{:x/n 1}]|[[:x/n 1]]",
                "[{:x/b #bytes \"AQID\"}]|[{:x/b #bytes \"AQIE\"}]",
                "[nil]|[nil nil]",
                "[{:x/n 1}]|[{:x/n 1} {:x/n 1}]",
                "[{:x/s \"1\"}]|[{:x/s 1}]"
            })
    void differentDataDiffer(String one, String other) {
        assertThat(of(one)).isNotEqualTo(of(other));
    }
}
