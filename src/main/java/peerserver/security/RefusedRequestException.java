package peerserver.security;

import jakarta.servlet.http.HttpServletResponse;

/** A request that is turned away before any servlet sees it. The reason is for the log; the caller never learns it. */
final class RefusedRequestException extends Exception {

    private final int httpStatus;

    private RefusedRequestException(int httpStatus, String reason) {
        super(reason, null, false, false);
        this.httpStatus = httpStatus;
    }

    /** Not signed, or not as it should be. */
    static RefusedRequestException forbidden(String reason) {
        return new RefusedRequestException(403, reason);
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

    /** Answers the request, with an empty body. */
    void answer(HttpServletResponse response) {
        response.setStatus(httpStatus);
        response.setContentLength(0);
    }

    /** The status of the answer, whose body is empty. */
    int httpStatus() {
        return httpStatus;
    }
}
