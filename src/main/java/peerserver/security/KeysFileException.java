package peerserver.security;

import org.jspecify.annotations.Nullable;

/** A keys file that cannot be used. The message names the file and the problem, and holds no secret. */
final class KeysFileException extends RuntimeException {

    KeysFileException(String message) {
        this(message, null);
    }

    KeysFileException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
