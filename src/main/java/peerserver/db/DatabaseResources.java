package peerserver.db;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.naming.Context;
import javax.naming.InitialContext;
import javax.naming.NameClassPair;
import javax.naming.NameNotFoundException;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/**
 * The databases declared in JNDI under {@code datomic/}: on Payara as custom resources of that name, on WildFly as
 * bindings under {@code java:global/datomic/}. A value is the URI alone, properties, or a context of simple values.
 */
@Singleton
@SuppressWarnings("BanJNDI") // the names are the operator's own, or were checked
public class DatabaseResources {

    private static final List<String> PLACES = List.of("datomic", "java:global/datomic");

    /**
     * Every database that is declared now.
     *
     * @throws NamingException when the server cannot tell, which does not mean that there is none
     */
    public Collection<DatabaseResource> all() throws NamingException {
        Map<String, DatabaseResource> found = new HashMap<>();
        Context root = new InitialContext();
        for (String place : PLACES) {
            for (String name : names(root, place)) {
                DatabaseResource resource = in(root, place, name);
                if (resource != null) {
                    found.putIfAbsent(name, resource);
                }
            }
        }
        return found.values();
    }

    /** The database that is declared under that name now. */
    public Optional<DatabaseResource> named(String name) throws NamingException {
        if (!DatabaseResource.isName(name)) {
            return Optional.empty();
        }
        Context root = new InitialContext();
        for (String place : PLACES) {
            DatabaseResource resource = in(root, place, name);
            if (resource != null) {
                return Optional.of(resource);
            }
        }
        return Optional.empty();
    }

    /** What a name in a place stands for; null when it stands for nothing. */
    private static @Nullable DatabaseResource in(Context root, String place, String name) {
        try {
            return DatabaseResource.of(name, value(root.lookup(place + '/' + name)));
        } catch (NamingException e) {
            return isAbsence(e)
                    ? null
                    : DatabaseResource.unreadable(name, reason(e).toString());
        }
    }

    private static List<String> names(Context root, String place) throws NamingException {
        try {
            List<String> names = new ArrayList<>();
            NamingEnumeration<NameClassPair> pairs = root.list(place);
            while (pairs.hasMore()) {
                names.add(pairs.next().getName());
            }
            return names;
        } catch (NamingException e) {
            if (isAbsence(e)) {
                return List.of();
            }
            throw e;
        }
    }

    private static boolean isAbsence(NamingException e) {
        return reason(e) instanceof NameNotFoundException;
    }

    /** Payara wraps what it means in exceptions that say less. */
    private static Throwable reason(NamingException e) {
        Throwable root = e.getRootCause();
        while (root instanceof NamingException wrapper && wrapper.getRootCause() != null) {
            root = wrapper.getRootCause();
        }
        return root == null ? e : root;
    }

    private static Object value(Object bound) throws NamingException {
        if (!(bound instanceof Context context)) {
            return bound;
        }
        Map<String, Object> values = new HashMap<>();
        NamingEnumeration<NameClassPair> pairs = context.list("");
        while (pairs.hasMore()) {
            String key = pairs.next().getName();
            values.put(key, context.lookup(key));
        }
        return values;
    }
}
