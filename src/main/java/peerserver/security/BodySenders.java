package peerserver.security;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import peerserver.config.SecurityConfig;

/**
 * Where bodies on their way come from: so that nobody's, which nobody may have signed, keep those of all others out. An
 * address has so many at once, and half of the room that there is for all, or what one body may take. Thread-safe.
 */
final class BodySenders {

    private final SecurityConfig config;
    private final long mostBytesOfOne;
    private final AtomicLong bytesOfAll = new AtomicLong();
    private final Map<ByteBuffer, Sender> senders = new HashMap<>();

    BodySenders(SecurityConfig config) {
        this.config = config;
        this.mostBytesOfOne = Math.max(config.bodyMaxBytes(), config.bodiesMaxBytes() / 2);
    }

    /** Counts a body in that will come from an address, or from nobody knows where; {@link Sender#leave} ends that. */
    Sender enter(@Nullable InetAddress address) {
        synchronized (senders) {
            Sender sender = senders.computeIfAbsent(ClientAddresses.network(address), Sender::new);
            sender.bodies++;
            return sender;
        }
    }

    /** Somebody of whom bodies are on their way. */
    final class Sender {

        private final ByteBuffer network;
        private final AtomicLong bytes = new AtomicLong();
        private int bodies;

        private Sender(ByteBuffer network) {
            this.network = network;
        }

        /** Whether no more of them are on their way than may be. */
        boolean mayEnter() {
            synchronized (senders) {
                return bodies <= config.bodiesPerAddress();
            }
        }

        /** Counts bytes that have come; false when they are too many. */
        boolean add(int length) {
            boolean room = bytesOfAll.addAndGet(length) <= config.bodiesMaxBytes();
            return bytes.addAndGet(length) <= mostBytesOfOne && room;
        }

        /** Counts a body out, and the bytes that have come of it. */
        void leave(long length) {
            bytesOfAll.addAndGet(-length);
            bytes.addAndGet(-length);
            synchronized (senders) {
                if (--bodies == 0) {
                    senders.remove(network);
                }
            }
        }
    }
}
