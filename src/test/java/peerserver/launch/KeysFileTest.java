package peerserver.launch;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeysFileTest {

    @Test
    void givesEveryKeyEveryRightWithCodeConfined() {
        assertThat(KeysFile.json(List.of(new AccessKey("k", "s")))).isEqualToIgnoringWhitespace("""
                        [{"key": "k", "secrets": [{"secret": "s"}],
                          "grants": [{"databases": ["*"], "allow": ["read", "write", "admin"]}],
                          "code": "confined"}]
                        """);
    }

    @Test
    void putsTheSecretsOfAKeyTogether() {
        JsonArray keys = parse(
                new AccessKey("k", "1"), new AccessKey("j", "2"), new AccessKey("k", "3"), new AccessKey("k", "1"));

        assertThat(keys.getValuesAs(JsonObject.class))
                .extracting(key -> key.getString("key"))
                .containsExactly("k", "j");
        assertThat(keys.getJsonObject(0).getJsonArray("secrets").getValuesAs(JsonObject.class))
                .extracting(secret -> secret.getString("secret"))
                .containsExactly("1", "3");
    }

    @Test
    void whatNeedsEscapingArrivesIntact() {
        String hard = "\"\\/\b\f\n\r\t\u0000\u001f\u007f ü € \ud83d\ude00 </script>";

        JsonObject key = parse(new AccessKey(hard, hard)).getJsonObject(0);

        assertThat(key.getString("key")).isEqualTo(hard);
        assertThat(key.getJsonArray("secrets").getJsonObject(0).getString("secret"))
                .isEqualTo(hard);
    }

    private static JsonArray parse(AccessKey... keys) {
        return Json.createReader(new StringReader(KeysFile.json(List.of(keys)))).readArray();
    }
}
