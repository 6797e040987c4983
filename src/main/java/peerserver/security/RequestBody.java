package peerserver.security;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;

/** Reads the whole body of a request, within a bound. */
final class RequestBody {

    /** Up to this length, in bytes, a declared length is believed and memory for it taken at once. */
    private static final int BELIEVED = 1 << 20;

    private RequestBody() {}

    /**
     * Refuses a body that is declared too long, without reading any of it.
     *
     * @param max the longest body, in bytes
     */
    static void checkDeclaredLength(HttpServletRequest request, int max) throws RefusedRequestException {
        if (request.getContentLengthLong() > max) {
            throw RefusedRequestException.tooLarge();
        }
    }

    /**
     * Reads the body to its end.
     *
     * @param max the longest body, in bytes
     * @throws RefusedRequestException 413 for a longer one, 400 for one that breaks off
     */
    static byte[] read(HttpServletRequest request, int max) throws RefusedRequestException {
        checkDeclaredLength(request, max);
        long declared = request.getContentLengthLong();
        try {
            InputStream in = request.getInputStream();
            if (declared >= 0 && declared <= BELIEVED) {
                byte[] body = new byte[(int) declared];
                if (in.readNBytes(body, 0, body.length) < body.length) {
                    throw RefusedRequestException.truncated();
                }
                return body;
            }
            byte[] body = in.readNBytes(max);
            if (body.length == max && in.read() >= 0) {
                throw RefusedRequestException.tooLarge();
            }
            if (body.length < declared) {
                throw RefusedRequestException.truncated();
            }
            return body;
        } catch (IOException e) {
            throw RefusedRequestException.truncated();
        }
    }
}
