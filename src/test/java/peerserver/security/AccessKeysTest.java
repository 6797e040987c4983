package peerserver.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import peerserver.chunk.TokenKey;

class AccessKeysTest {

    private final MovableClock clock = new MovableClock("2026-11-22T10:00:00Z");

    private final Path directory;

    AccessKeysTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void mergesItsFiles() {
        AccessKeys keys = TestKeys.of(
                clock,
                file("[{'key': 'a/b', 'secrets': [{'secret': 's'}]}]"),
                file("[{'key': 'c', 'secrets': [{'secret': 't'}]}]"));

        assertThat(keys.caller("a/b")).get().extracting(Caller::name).isEqualTo("a/b");
        assertThat(keys.caller("c")).get().extracting(Caller::name).isEqualTo("c");
        assertThat(keys.caller("d")).isEmpty();
    }

    @Test
    void knowsNobodyWithoutFiles() {
        AccessKeys keys = TestKeys.of(clock);

        assertThat(keys.caller("a")).isEmpty();
        assertThat(keys.candidates("a")).hasSize(1);
    }

    @Test
    void givesCallersWhatTheFileGrants() {
        Caller caller = TestKeys.of(clock, file("""
                [{'key': 'a', 'secrets': [{'secret': 's'}], 'code': 'trusted', 'grants': [
                    {'databases': ['sales-*', 'hr'], 'allow': ['read', 'write']},
                    {'databases': ['*'], 'allow': ['admin']}]}]""")).caller("a").orElseThrow();

        assertThat(caller.trustedCode()).isTrue();
        assertThat(caller.may(Right.READ, "sales-2026")).isTrue();
        assertThat(caller.may(Right.WRITE, "hr")).isTrue();
        assertThat(caller.may(Right.READ, "hr2")).isFalse();
        assertThat(caller.may(Right.ADMIN, "hr2")).isTrue();
    }

    @Test
    void grantsNothingAndConfinesCodeUnlessTheFileSaysOtherwise() {
        Caller caller = TestKeys.of(clock, file("[{'key': 'a', 'secrets': [{'secret': 's'}]}]"))
                .caller("a")
                .orElseThrow();

        assertThat(caller.grants()).isEmpty();
        assertThat(caller.trustedCode()).isFalse();
    }

    @Test
    void givesTheTokenKeysOfTheSecretsThatAreValidNow() {
        AccessKeys keys = TestKeys.of(clock, file("""
                [{'key': 'a', 'secrets': [
                    {'secret': 'old', 'expires': '2026-11-22T11:00:00Z'},
                    {'secret': 'new', 'not-before': '2026-11-22T10:30:00Z', 'expires': '2026-11-22T12:00:00Z'}]}]"""));
        TokenKey oldKey = TokenKey.derive("a", "old");
        TokenKey newKey = TokenKey.derive("a", "new");

        assertThat(keys.caller("a").orElseThrow().tokenKeys()).containsExactly(oldKey);
        clock.move(Duration.ofMinutes(30));
        assertThat(keys.caller("a").orElseThrow().tokenKeys()).containsExactly(oldKey, newKey);
        clock.move(Duration.ofMinutes(30));
        assertThat(keys.caller("a").orElseThrow().tokenKeys()).containsExactly(newKey);
        clock.move(Duration.ofMinutes(60));
        assertThat(keys.caller("a")).isEmpty();
    }

    @Test
    void hasAsManyCandidatesForEveryName() {
        AccessKeys keys = TestKeys.of(
                clock,
                file(
                        "[{'key': 'a', 'secrets': [{'secret': 'x'}, {'secret': 'y'}]}, {'key': 'b', 'secrets': [{'secret': 'z'}]}]"));

        assertThat(List.of("a", "b", "unknown"))
                .allSatisfy(name -> assertThat(keys.candidates(name)).hasSize(2));
    }

    @Test
    void refusesAKeyThatIsDeclaredTwice() {
        Path second = file("[{'key': 'a', 'secrets': [{'secret': 'topsecret'}]}]");

        assertThatExceptionOfType(KeysException.class)
                .isThrownBy(() -> TestKeys.of(clock, file("[{'key': 'a', 'secrets': [{'secret': 's'}]}]"), second))
                .withMessage("Keys file " + second + ": the key a is declared a second time");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "topsecret | no JSON: line 1, column",
                "[topsecret] | no JSON: line 1, column",
                "{} | it must be an array",
                "['topsecret'] | entry 1: it must be an object",
                "[{'secrets': [{'secret': 'topsecret'}]}] | entry 1: \"key\" must be a string",
                "[{'key': 'a\\\\b', 'secrets': [{'secret': 'topsecret'}]}] | entry 1: a key must not hold \\",
                "[{'key': ' ', 'secrets': [{'secret': 'topsecret'}]}] | entry 1: a key must be of printable ASCII",
                "[{'key': 'ä', 'secrets': [{'secret': 'topsecret'}]}] | entry 1: a key must be of printable ASCII",
                "[{'key': 'a'}] | entry 1: \"secrets\" must be an array",
                "[{'key': 'a', 'secrets': []}] | entry 1: \"secrets\" must not be empty",
                "[{'key': 'a', 'secrets': ['topsecret']}] | entry 1: a secret must be an object",
                "[{'key': 'a', 'secrets': [{}]}] | entry 1: a secret needs one of \"secret\", \"secret-file\", \"secret-from\"",
                "[{'key': 'a', 'secrets': [{'secret': 'topsecret', 'secret-from': 'topsecret'}]}] | entry 1: a secret needs one of",
                "[{'key': 'a', 'secrets': [{'secret-from': 'topsecret'}]}] | entry 1: \"secret-from\" must be the name of a property",
                "[{'key': 'a', 'secrets': [{'secret-file': 'topsecret'}]}] | entry 1: \"secret-file\" must be an absolute path",
                "[{'key': 'a', 'secrets': [{'secret-file': '/none/topsecret'}]}] | entry 1: \"secret-file\" cannot be read: NoSuchFileException",
                "[{'key': 'a', 'secrets': [{'secret': ''}]}] | entry 1: \"secret\" must not be empty",
                "[{'key': 'a', 'secrets': [{'secret': 'topsecret', 'expiry': 'x'}]}] | entry 1: a secret may have the members",
                "[{'key': 'a', 'secrets': [{'secret': 'topsecret', 'expires': '2026'}]}] | entry 1: \"expires\" must be an instant",
                "[{'key': 'a', 'secrets': [{'secret': 'topsecret'}], 'grants': [{'databases': ['*'], 'allow': ['all']}]}] | entry 1: \"allow\" takes",
                "[{'key': 'a', 'secrets': [{'secret': 'topsecret'}], 'grants': [{'databases': '*', 'allow': ['read']}]}] | entry 1: \"databases\" must be an array",
                "[{'key': 'a', 'secrets': [{'secret': 'topsecret'}], 'code': true}] | entry 1: \"code\" must be a string",
                "[{'key': 'a', 'secrets': [{'secret': 'topsecret'}], 'topsecret': 1}] | entry 1: it may have the members code, grants, key, secrets only",
            })
    void refusesBadFilesNamingTheProblemAndNoSecret(String json, String problem) {
        Path file = file(json);

        assertThatExceptionOfType(KeysException.class)
                .isThrownBy(() -> TestKeys.of(clock, file))
                .withMessageStartingWith("Keys file " + file + ": " + problem)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("topsecret"))
                .withNoCause();
    }

    @Test
    void refusesAFileThatIsNotThere() {
        Path missing = directory.resolve("missing.json");

        assertThatExceptionOfType(KeysException.class)
                .isThrownBy(() -> TestKeys.of(clock, missing))
                .withMessageContaining("missing.json cannot be read");
    }

    private Path file(String json) {
        return TestKeys.file(directory, json.replace('\'', '"'));
    }
}
