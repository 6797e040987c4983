package peerserver.launch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * One {@code -d NAME,URI} of the command line, with the {@code --database-id NAME,ID} that goes with it.
 *
 * @param name what clients connect to: letters, digits and {@code -}
 * @param uri what a peer would connect to; may hold passwords
 * @param id what clients know it by instead of the engine's own id
 */
record ServedDatabase(String name, String uri, Optional<String> id) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]+");

    /** Reads {@code NAME,URI}; the URI is everything after the first comma. */
    static ServedDatabase parse(String argument) throws Refusal {
        int comma = argument.indexOf(',');
        if (comma < 0) {
            throw Refusal.ofArgument("-d needs NAME,URI");
        }
        String name = argument.substring(0, comma);
        if (!NAME.matcher(name).matches()) {
            throw Refusal.ofArgument("-d needs NAME,URI, with a name of letters, digits and -");
        }
        String uri = argument.substring(comma + 1);
        if (!uri.startsWith("datomic:")) {
            throw Refusal.ofArgument("-d " + name + ": the URI has to begin with datomic:");
        }
        return new ServedDatabase(name, uri, Optional.empty());
    }

    /** The same with an id of the operator's. */
    ServedDatabase withId(String given) {
        return new ServedDatabase(name, uri, Optional.of(given));
    }

    /** Whether the database lives and dies with this process, so that it has to be created. */
    boolean inMemory() {
        return uri.startsWith("datomic:mem://");
    }

    /** What the application finds under {@code datomic/NAME}, as a file of {@link Properties}. */
    byte[] file() {
        Properties properties = new Properties();
        properties.setProperty("uri", uri);
        properties.setProperty("create", Boolean.toString(inMemory()));
        properties.setProperty("required", "true");
        id.ifPresent(given -> properties.setProperty("database-id", given));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            properties.store(out, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    @Override
    public String toString() {
        return "ServedDatabase[" + name + ']';
    }
}
