package peerserver.db.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import peerserver.config.DatabaseConfig;
import peerserver.config.MapConfig;
import peerserver.db.DatabaseResource;
import peerserver.db.NamedDatabase;
import peerserver.wire.AnomalyException;
import peerserver.work.TestWorkers;

class LocalCatalogTest {

    private final Path directory;
    private final LocalCatalog catalog = new LocalCatalog();

    LocalCatalogTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private String uri(String name) {
        return "datomic:local://tests/" + name + "?storage-dir=" + directory.resolve("new/storage");
    }

    private String id(String name) {
        LocalEngine engine = new LocalEngine(
                DatabaseConfig.from(new MapConfig(
                        Map.of("peerserver.db-values.kept", "3", "peerserver.databases.reconnect-ms", "1000"))),
                TestWorkers.of(Thread::new));
        try (NamedDatabase database = engine.open(DatabaseResource.of("x", uri(name)))) {
            return database.databaseId();
        }
    }

    @Test
    void createsListsAndDeletes() {
        assertThat(catalog.names(uri("*"))).isEmpty();
        assertThat(catalog.create(uri("b"))).isTrue();
        assertThat(catalog.create(uri("b"))).isFalse();
        assertThat(catalog.create(uri("a"))).isTrue();
        assertThat(catalog.names(uri("*"))).containsExactly("a", "b");
        assertThat(catalog.delete(uri("b"))).isTrue();
        assertThat(catalog.delete(uri("b"))).isFalse();
        assertThat(catalog.names(uri("a"))).containsExactly("a");
    }

    @Test
    void aDatabaseMadeInThePlaceOfADeletedOneIsAnother() {
        catalog.create(uri("a"));
        String before = id("a");
        catalog.delete(uri("a"));
        catalog.create(uri("a"));

        assertThat(id("a")).isNotEqualTo(before);
    }

    @Test
    void theWholeSystemIsNeverMeantByStar() {
        assertThatExceptionOfType(AnomalyException.class).isThrownBy(() -> catalog.create(uri("*")));
        assertThatExceptionOfType(AnomalyException.class).isThrownBy(() -> catalog.delete(uri("*")));
    }
}
