package peerserver.db.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import peerserver.wire.AnomalyException;
import peerserver.wire.Category;

class LocalUriTest {

    @Test
    void aUriNamesASystemADatabaseAndADirectory() {
        LocalUri uri = LocalUri.parse("datomic:local://dev/movies-2.0?storage-dir=/var/lib/../lib/datomic");

        assertThat(uri).isEqualTo(new LocalUri("dev", "movies-2.0", Path.of("/var/lib/datomic")));
        assertThat(uri.directory()).isEqualTo(Path.of("/var/lib/datomic/dev/movies-2.0"));
    }

    @Test
    void theDirectoryMayBeWrittenAsUrisAre() {
        assertThat(LocalUri.parse("datomic:local://dev/a?storage-dir=/a%20%26%20b+c")
                        .storage())
                .isEqualTo(Path.of("/a & b+c"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "datomic:local://dev/a",
                "datomic:local://dev/a?storage-dir=",
                "datomic:local://dev/a?storage-dir=relative",
                "datomic:local://dev/a?storage-dir=:mem",
                "datomic:local://dev?storage-dir=/tmp",
                "datomic:local://dev/..?storage-dir=/tmp",
                "datomic:local://../a?storage-dir=/tmp",
                "datomic:local://dev/a/b?storage-dir=/tmp",
                "datomic:local://dev/a?storage-dir=/tmp&other=1",
                "datomic:local://dev/a?storage-dir=/tmp%",
                "datomic:local://dev/a?storage-dir=/tmp%00"
            })
    void anythingElseIsRefusedWithTheFormThatIsWanted(String uri) {
        assertThatExceptionOfType(AnomalyException.class)
                .isThrownBy(() -> LocalUri.parse(uri))
                .satisfies(e -> {
                    assertThat(e.anomaly().category()).isEqualTo(Category.INCORRECT);
                    assertThat(e.anomaly().message()).contains("datomic:local://SYSTEM/DB?storage-dir=/absolute/path");
                });
    }
}
