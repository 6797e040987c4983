package peerserver.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SecretsTest {

    @AfterEach
    void forget() {
        LogLine.hide(new Secrets(List.of()));
    }

    @Test
    void blotsOutSecretsOfKeysAndPasswordsInUris() {
        Secrets secrets = secrets(
                "datomic:sql://x?jdbc:postgresql://h/d?user=u&password=p%40ssw0rd&ssl=true",
                "datomic:ddb://eu/t/d?aws_access_key_id=AKIA&aws_secret_key=wJalr",
                "datomic:sql://y?jdbc:mysql://root:s3cr3t@h/d");

        assertThat(secrets.redact("mysecret p%40ssw0rd p@ssw0rd wJalr s3cr3t u AKIA true"))
                .isEqualTo("*** *** *** *** *** u AKIA true");
    }

    @Test
    void thePasswordOfTheDocumentationLeavesTheLogLegible() {
        Secrets secrets = secrets("datomic:sql://x?jdbc:postgresql://h/d?user=datomic&password=datomic");

        assertThat(secrets.redact("Connected datomic/x, mysecret")).isEqualTo("Connected datomic/x, ***");
    }

    @Test
    void aSecretWithinALongerOneLeavesNothingOver() {
        Options options = options(List.of(new AccessKey("a", "open"), new AccessKey("b", "opensesame")));

        assertThat(Secrets.of(options).redact("opensesame open")).isEqualTo("*** ***");
    }

    @Test
    void aLogRecordIsOneLineWithoutSecrets() {
        LogLine.hide(secrets("datomic:mem://a"));
        LogRecord logRecord = new LogRecord(Level.WARNING, "cannot\nconnect {0}");
        logRecord.setParameters(new Object[] {"mysecret"});
        logRecord.setLoggerName("peerserver.db");
        logRecord.setThrown(new IllegalStateException("outer\r\n  mysecret", new RuntimeException("inner")));

        String line = new LogLine().format(logRecord);

        assertThat(line.strip().lines()).hasSize(1);
        assertThat(line)
                .contains(" WARNING peerserver.db: cannot | connect ***: java.lang.IllegalStateException: outer | ***")
                .endsWith(": java.lang.RuntimeException: inner\n")
                .doesNotContain("mysecret");
    }

    @Test
    void nothingSecretShowsWhenArgumentsArePrinted() {
        Options options = options(List.of(new AccessKey("k", "mysecret")));

        assertThat(options + " " + Secrets.of(options))
                .doesNotContain("mysecret")
                .contains("AccessKey[k]");
    }

    private static Secrets secrets(String... uris) {
        List<ServedDatabase> databases = java.util.Arrays.stream(uris)
                .map(uri -> new ServedDatabase("d", uri, Optional.empty()))
                .toList();
        return Secrets.of(new Options(
                "localhost",
                1,
                List.of(new AccessKey("k", "mysecret")),
                Optional.empty(),
                databases,
                new Tls.BuiltIn(false),
                Optional.empty()));
    }

    private static Options options(List<AccessKey> keys) {
        return new Options("localhost", 1, keys, Optional.empty(), List.of(), new Tls.BuiltIn(false), Optional.empty());
    }
}
