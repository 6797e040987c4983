package peerserver.session;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import peerserver.chunk.CursorStore;
import peerserver.chunk.TokenOwner;
import peerserver.config.ClusterConfig;

/**
 * Recipes in the HTTP session of one request: those that it has, and those that it gets with the answer. A session is looked
 * for when something is to be found in it, and made when something is to be kept. Thread-safe; but the container's request is
 * asked only where the class {@linkplain #look says} it may be.
 *
 * <p>An attribute is a sealed recipe, a text, under a name that counts them: whoever has the whole session learns nothing, and
 * the container has nothing to deserialise. Sessions are replicated as a whole, and when two nodes write one at once, one of
 * them may be lost; what is lost here is put back by the node that still has it.
 */
public final class SessionRecipes implements CursorStore {

    private static final Logger LOG = Logger.getLogger(SessionRecipes.class.getName());
    private static final String PREFIX = "recipe ";

    private final HttpServletRequest request;
    private final ClusterConfig config;
    private final Duration idle;
    private final Map<String, String> toKeep = new LinkedHashMap<>();
    private boolean looked;
    private @Nullable HttpSession session;

    /**
     * The recipes of a request's session.
     *
     * @param idle how long a session is kept unused
     */
    public SessionRecipes(HttpServletRequest request, ClusterConfig config, Duration idle) {
        this.request = request;
        this.config = config;
        this.idle = idle;
    }

    @Override
    public synchronized @Nullable String find(TokenOwner owner, String id) {
        String key = key(owner, id);
        String kept = toKeep.get(key);
        look();
        if (kept != null || session == null) {
            return kept;
        }
        try {
            String name = name(session, key);
            return name == null ? null : (String) session.getAttribute(name);
        } catch (RuntimeException e) {
            return lost(e);
        }
    }

    @Override
    public synchronized void keep(TokenOwner owner, String id, String sealed) {
        if (sealed.length() <= config.sessionBytes()) {
            toKeep.put(key(owner, id), sealed);
        }
    }

    /**
     * Looks for the request's session, unless that was done. To be called by the container's thread before it leaves the
     * request to others: it may be over, and another one in its place, while somebody still works for it.
     */
    public synchronized void look() {
        if (!looked) {
            looked = true;
            if (request.getRequestedSessionId() != null) {
                try {
                    session = request.getSession(false);
                } catch (RuntimeException e) {
                    lost(e);
                }
            }
        }
    }

    /**
     * Puts what is to be kept into the session. To be called before the answer, by the one who gives it.
     *
     * @return whether there is a session, which the container replicates with the answer
     */
    public synchronized boolean save() {
        if (toKeep.isEmpty()) {
            return request.getRequestedSessionId() != null;
        }
        try {
            HttpSession kept = request.getSession(true);
            if (kept.isNew()) {
                kept.setMaxInactiveInterval((int) Math.min(Integer.MAX_VALUE, Math.max(60, idle.toSeconds())));
            }
            toKeep.forEach((key, text) -> {
                String before = name(kept, key);
                if (before != null) {
                    kept.removeAttribute(before);
                }
                put(kept, key, text);
            });
        } catch (RuntimeException e) {
            lost(e);
        }
        return true;
    }

    private void put(HttpSession kept, String key, String sealed) {
        Deque<String> names = new ArrayDeque<>(names(kept));
        long number = names.isEmpty() ? 0 : number(names.getLast()) + 1;
        long bytes = sealed.length();
        for (String name : names) {
            bytes += length(kept, name);
        }
        while (!names.isEmpty() && (names.size() >= config.sessionRecipes() || bytes > config.sessionBytes())) {
            String eldest = names.removeFirst();
            bytes -= length(kept, eldest);
            kept.removeAttribute(eldest);
        }
        kept.setAttribute(PREFIX + number + key, sealed);
    }

    private static long length(HttpSession session, String name) {
        return session.getAttribute(name) instanceof String sealed ? sealed.length() : 0;
    }

    /** The names of the recipes, in the order in which they were kept. */
    private static List<String> names(HttpSession session) {
        return Collections.list(session.getAttributeNames()).stream()
                .filter(name -> name.startsWith(PREFIX))
                .sorted(Comparator.comparingLong(SessionRecipes::number))
                .toList();
    }

    private static @Nullable String name(HttpSession session, String key) {
        return names(session).stream()
                .filter(name -> name.endsWith(key))
                .findFirst()
                .orElse(null);
    }

    private static long number(String name) {
        return Long.parseLong(name, PREFIX.length(), name.indexOf(' ', PREFIX.length()), 10);
    }

    private static String key(TokenOwner owner, String id) {
        return ' ' + owner.name() + ' ' + id;
    }

    /** The request goes on without it: this node has what it has. */
    private static @Nullable String lost(RuntimeException e) {
        LOG.log(Level.WARNING, "A session cannot be used: {0}", e.toString());
        return null;
    }
}
