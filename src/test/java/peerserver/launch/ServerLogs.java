package peerserver.launch;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** What all servers of this JVM's tests have logged so far, and what must not be in there. */
public final class ServerLogs {

    /** Shorter ones may be words of a log for good reasons. */
    private static final int SHORTEST = 8;

    private static final int MOST_VALUES = 5_000;

    private static final int MOST_ALIKE = 100;

    private static final List<PeerServerProcess> SERVERS = new CopyOnWriteArrayList<>();
    private static final Set<String> SECRETS = ConcurrentHashMap.newKeySet();
    private static final Set<String> VALUES = ConcurrentHashMap.newKeySet();

    private ServerLogs() {}

    static void add(PeerServerProcess server) {
        SERVERS.add(server);
    }

    /** Keeps in mind what requests are signed with. */
    public static void secret(String secret) {
        if (secret.length() >= SHORTEST) {
            SECRETS.add(secret);
        }
    }

    /** Keeps in mind what is transacted, as far as it is text, anywhere in some data. */
    public static void transacted(@Nullable Object data) {
        if (data instanceof String text) {
            if (text.length() >= SHORTEST && VALUES.size() < MOST_VALUES) {
                VALUES.add(text);
            }
        } else if (data instanceof Map<?, ?> map) {
            map.values().forEach(ServerLogs::transacted);
        } else if (data instanceof Iterable<?> several) {
            // What comes by the thousand is all alike, and would leave no room for anything else.
            StreamSupport.stream(several.spliterator(), false).limit(MOST_ALIKE).forEach(ServerLogs::transacted);
        }
    }

    /** The logs, one for each server. */
    public static List<String> all() {
        return SERVERS.stream().map(PeerServerProcess::output).toList();
    }

    /** What was signed with. */
    public static Set<String> secrets() {
        return Set.copyOf(SECRETS);
    }

    /** What was transacted. */
    public static Set<String> values() {
        return Set.copyOf(VALUES);
    }
}
