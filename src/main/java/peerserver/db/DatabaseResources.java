package peerserver.db;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.naming.Context;
import javax.naming.InitialContext;
import javax.naming.NameClassPair;
import javax.naming.NameNotFoundException;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import peerserver.wire.AnomalyException;

/**
 * The databases declared in JNDI under {@code datomic/}: on Payara as custom resources of that name, on WildFly as
 * bindings under {@code java:global/datomic/}. A value is the URI alone, properties, or a context of simple values.
 */
@Singleton
@SuppressWarnings("BanJNDI") // the names are the operator's own
public class DatabaseResources {

    private static final Logger LOG = Logger.getLogger(DatabaseResources.class.getName());
    private static final List<String> PLACES = List.of("datomic", "java:global/datomic");

    /** Every database that is declared now; one that is declared wrongly is logged and left out. */
    public List<DatabaseResource> all() {
        Map<String, DatabaseResource> found = new HashMap<>();
        for (String place : PLACES) {
            for (DatabaseResource resource : in(place)) {
                found.putIfAbsent(resource.name(), resource);
            }
        }
        return List.copyOf(found.values());
    }

    private static List<DatabaseResource> in(String place) {
        List<DatabaseResource> found = new ArrayList<>();
        try {
            Context root = new InitialContext();
            for (String name : names(root, place)) {
                try {
                    found.add(DatabaseResource.of(name, value(root.lookup(place + '/' + name))));
                } catch (AnomalyException | NamingException e) {
                    LOG.log(
                            Level.WARNING,
                            "Database resource " + place + '/' + name + " is of no use: " + e.getMessage());
                }
            }
        } catch (NamingException e) {
            // Payara wraps what it means in an exception that says less.
            Throwable reason = e.getRootCause() == null ? e : e.getRootCause();
            if (reason instanceof NameNotFoundException) {
                LOG.log(Level.FINE, "Nothing is declared under {0}", place);
            } else {
                LOG.log(Level.WARNING, "Cannot list the databases declared under " + place, e);
            }
        }
        return found;
    }

    private static List<String> names(Context root, String place) throws NamingException {
        List<String> names = new ArrayList<>();
        NamingEnumeration<NameClassPair> pairs = root.list(place);
        while (pairs.hasMore()) {
            names.add(pairs.next().getName());
        }
        return names;
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
