package peerserver.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import java.security.MessageDigest;
import java.util.Set;

/** Knows whether a request was signed with a secret of its access key. */
@ApplicationScoped
public class AccessKeyIdentityStore implements IdentityStore {

    /** The group of everybody who has an access key. */
    static final String GROUP = "client";

    private final AccessKeys keys;

    /** For proxies only. */
    AccessKeyIdentityStore() {
        this(new AccessKeys());
    }

    @Inject
    AccessKeyIdentityStore(AccessKeys keys) {
        this.keys = keys;
    }

    /**
     * The access key's name and {@value #GROUP} when the signature is right. An unknown key takes as long as a wrong
     * secret. The interface's own method looks for an overload by reflection and does not find it behind a proxy.
     */
    @Override
    public CredentialValidationResult validate(Credential credential) {
        if (!(credential instanceof SignedRequestCredential signed)) {
            return CredentialValidationResult.NOT_VALIDATED_RESULT;
        }
        byte[] sent = signed.signature().getBytes(UTF_8);
        boolean right = false;
        for (Secret secret : keys.candidates(signed.accessKey())) {
            String expected = secret.signature(signed.date(), signed.stringToSign());
            right |= MessageDigest.isEqual(expected.getBytes(UTF_8), sent);
        }
        return right
                ? new CredentialValidationResult(signed.accessKey(), Set.of(GROUP))
                : CredentialValidationResult.INVALID_RESULT;
    }
}
