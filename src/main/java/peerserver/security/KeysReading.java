package peerserver.security;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import peerserver.config.KeysConfig;

/** All sources of access keys, as they were at one moment, and the keys that they declare if nothing is wrong with them. */
final class KeysReading implements KeysDocument.Elsewhere {

    private final KeysConfig config;
    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, AccessKey> keys = new LinkedHashMap<>();
    private @Nullable KeysException problem;

    private KeysReading(KeysConfig config) {
        this.config = config;
    }

    /** Reads everything once. */
    static KeysReading of(KeysConfig config) {
        KeysReading reading = new KeysReading(config);
        try {
            reading.readAll();
        } catch (KeysException e) {
            reading.problem = e;
        }
        return reading;
    }

    /** What is wrong with the sources; null when nothing is. */
    @Nullable KeysException problem() {
        return problem;
    }

    /**
     * The keys by their names.
     *
     * @throws KeysException when there is a {@link #problem}
     */
    Map<String, AccessKey> keys() {
        if (problem != null) {
            throw problem;
        }
        return Collections.unmodifiableMap(keys);
    }

    /** Whether another reading found the same. */
    boolean sameAs(@Nullable KeysReading other) {
        return other != null && texts.equals(other.texts);
    }

    private void readAll() {
        for (Path entry : config.files()) {
            for (Path file : Files.isDirectory(entry) ? documentsIn(entry) : List.of(entry)) {
                String source = "Keys file " + file;
                try {
                    add(source, file(file));
                } catch (IOException e) {
                    throw new KeysException(source + " cannot be read: " + e, e);
                }
            }
        }
        String document = property(KeysConfig.DOCUMENT);
        if (document != null && !document.isBlank()) {
            add("Property " + KeysConfig.DOCUMENT, document);
        }
    }

    private void add(String source, String document) {
        for (AccessKey key : KeysDocument.read(source, document, this)) {
            if (keys.putIfAbsent(key.name(), key) != null) {
                throw new KeysException(source + ": the key " + key.name() + " is declared a second time");
            }
        }
    }

    /** In alphabetical order. Hidden ones are how Kubernetes keeps versions of a mounted directory. */
    private List<Path> documentsIn(Path directory) {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, "[!.]*.json")) {
            entries.forEach(files::add);
        } catch (IOException e) {
            texts.put("directory " + directory, e.toString());
            throw new KeysException("Keys directory " + directory + " cannot be read: " + e, e);
        }
        Collections.sort(files);
        return files;
    }

    @Override
    public String file(Path path) throws IOException {
        String name = "file " + path;
        try {
            String text = Files.readString(path);
            texts.put(name, text);
            return text;
        } catch (IOException e) {
            texts.put(name, e.toString());
            throw e;
        }
    }

    @Override
    public @Nullable String property(String name) {
        String value = config.property().apply(name).orElse(null);
        texts.put("property " + name, String.valueOf(value));
        return value;
    }
}
