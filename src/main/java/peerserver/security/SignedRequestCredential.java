package peerserver.security;

import jakarta.security.enterprise.credential.Credential;

/** The signature of a request, and all that is needed to compute it again from a secret. */
public final class SignedRequestCredential implements Credential {

    private final String accessKey;
    private final String date;
    private final String stringToSign;
    private final String signature;

    /**
     * A credential.
     *
     * @param date the scope's date, {@code yyyyMMdd}; it must have been checked against the clock
     * @param signature what the caller sent, hexadecimal digits
     */
    SignedRequestCredential(String accessKey, String date, String stringToSign, String signature) {
        this.accessKey = accessKey;
        this.date = date;
        this.stringToSign = stringToSign;
        this.signature = signature;
    }

    String accessKey() {
        return accessKey;
    }

    String date() {
        return date;
    }

    String stringToSign() {
        return stringToSign;
    }

    String signature() {
        return signature;
    }

    @Override
    public String toString() {
        return "SignedRequestCredential";
    }
}
