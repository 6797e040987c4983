package peerserver.db;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.naming.NamingException;

/** What is declared, as the test changes it: what JNDI holds, by the names of databases. Thread-safe. */
final class Declarations extends DatabaseResources {

    private final Map<String, Object> values;
    private volatile boolean broken;

    Declarations(Map<String, ?> values) {
        this.values = new ConcurrentHashMap<>(values);
    }

    void declare(String name, Object value) {
        values.put(name, value);
    }

    void remove(String name) {
        values.remove(name);
    }

    /** Whether nobody can tell what is declared. */
    void breakDown(boolean down) {
        broken = down;
    }

    @Override
    public Collection<DatabaseResource> all() throws NamingException {
        check();
        return values.entrySet().stream()
                .map(entry -> DatabaseResource.of(entry.getKey(), entry.getValue()))
                .toList();
    }

    @Override
    public Optional<DatabaseResource> named(String name) throws NamingException {
        check();
        return Optional.ofNullable(values.get(name)).map(value -> DatabaseResource.of(name, value));
    }

    private void check() throws NamingException {
        if (broken) {
            throw new NamingException("broken down");
        }
    }
}
