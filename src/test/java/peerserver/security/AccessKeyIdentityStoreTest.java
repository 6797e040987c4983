package peerserver.security;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.CredentialValidationResult.Status;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessKeyIdentityStoreTest {

    private final MovableClock clock = new MovableClock("2026-11-22T10:00:00Z");
    private final AccessKeyIdentityStore store;

    AccessKeyIdentityStoreTest(@TempDir Path directory) {
        store = new AccessKeyIdentityStore(TestKeys.of(clock, TestKeys.file(directory, """
                [{"key": "rotating", "secrets": [
                    {"secret": "old", "expires": "2026-11-22T11:00:00Z"},
                    {"secret": "new", "not-before": "2026-11-22T10:30:00Z"}]},
                 {"key": "plain", "secrets": [{"secret": "plain"}]}]""")));
    }

    @Test
    void acceptsASecretOnlyInItsTime() {
        assertThat(statuses()).containsExactly(Status.VALID, Status.INVALID);
        clock.move(Duration.ofMinutes(30));
        assertThat(statuses()).containsExactly(Status.VALID, Status.VALID);
        clock.move(Duration.ofMinutes(30));
        assertThat(statuses()).containsExactly(Status.INVALID, Status.VALID);
    }

    @Test
    void doesNotTakeOneKeysSecretForAnother() {
        assertThat(store.validate(signed("plain", "old", "20261122")).getStatus())
                .isEqualTo(Status.INVALID);
    }

    @Test
    void derivesAnotherSigningKeyOnAnotherDay() {
        for (String date : new String[] {"20261122", "20261123", "20261122"}) {
            assertThat(store.validate(signed("plain", "plain", date)).getStatus())
                    .isEqualTo(Status.VALID);
        }
        assertThat(store.validate(new SignedRequestCredential(
                                "plain", "20261123", "text", signature("plain", "20261122")))
                        .getStatus())
                .isEqualTo(Status.INVALID);
    }

    @Test
    void leavesOtherCredentialsToOtherStores() {
        assertThat(store.validate(new UsernamePasswordCredential("plain", "plain")))
                .isEqualTo(CredentialValidationResult.NOT_VALIDATED_RESULT);
    }

    private Status[] statuses() {
        return new Status[] {
            store.validate(signed("rotating", "old", "20261122")).getStatus(),
            store.validate(signed("rotating", "new", "20261122")).getStatus()
        };
    }

    private static SignedRequestCredential signed(String key, String secret, String date) {
        return new SignedRequestCredential(key, date, "text", signature(secret, date));
    }

    private static String signature(String secret, String date) {
        return SigV4.signature(SigV4.signingKey(secret, date, "none", "peer-server"), "text");
    }
}
