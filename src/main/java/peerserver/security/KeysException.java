package peerserver.security;

import org.jspecify.annotations.Nullable;

/** Access keys that are declared wrongly. The message names the source, the place in it and the problem, and no secret. */
final class KeysException extends RuntimeException {

    KeysException(String message) {
        this(message, null);
    }

    KeysException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
