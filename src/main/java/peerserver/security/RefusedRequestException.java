package peerserver.security;

import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/** A request that is turned away before any servlet sees it. The reason is for the log; the caller never learns it. */
final class RefusedRequestException extends Exception {

    private final int httpStatus;
    private final @Nullable String guessedKey;

    private RefusedRequestException(int httpStatus, String reason) {
        this(httpStatus, reason, null);
    }

    private RefusedRequestException(int httpStatus, String reason, @Nullable String guessedKey) {
        super(reason, null, false, false);
        this.httpStatus = httpStatus;
        this.guessedKey = guessedKey;
    }

    /** Not signed, or not as it should be. */
    static RefusedRequestException forbidden(String reason) {
        return new RefusedRequestException(403, reason);
    }

    /** Signed with a secret that is none of the key's, or for a key that there is not. */
    static RefusedRequestException wrongSecret(String accessKey) {
        return new RefusedRequestException(
                403, "no such access key, or not signed with a valid secret of it", accessKey);
    }

    /** The body is longer than what is accepted. */
    static RefusedRequestException tooLarge() {
        return new RefusedRequestException(413, "the body is too large");
    }

    /** The body ended early. */
    static RefusedRequestException truncated() {
        return new RefusedRequestException(400, "the body could not be read to its end");
    }

    /** The body took too long to come. */
    static RefusedRequestException tooSlow() {
        return new RefusedRequestException(408, "the body took too long");
    }

    /** Too many bodies are on their way; clients try again after a while. */
    static RefusedRequestException busy() {
        return new RefusedRequestException(429, "too many bodies on their way");
    }

    static RefusedRequestException notBack() {
        return new RefusedRequestException(429, "the container did not go on with it");
    }

    /** Answers the request, with an empty body. */
    void answer(HttpServletResponse response) {
        response.setStatus(httpStatus);
        response.setContentLength(0);
    }

    /** The access key whose secret may have been guessed; null when the request was refused before that counted. */
    @Nullable String guessedKey() {
        return guessedKey;
    }

    /** The status of the answer, whose body is empty. */
    int httpStatus() {
        return httpStatus;
    }
}
