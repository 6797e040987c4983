package peerserver.code;

import clojure.lang.Keyword;
import clojure.lang.Symbol;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import peerserver.wire.EdnCodec;

/** The functions that files on the class path, as Datomic documents them, name for {@code :xform}. */
final class Extensions {

    private static final List<String> FILES = List.of("datomic/extensions.edn", "datomic/ion-config.edn");
    private static final Keyword XFORMS = Keyword.intern(null, "xforms");

    private Extensions() {}

    /**
     * The names of these functions: those of the peer library's file, and of Datomic Local's.
     *
     * @throws IllegalStateException when such a file cannot be read
     */
    static Set<String> xforms(ClassLoader classLoader) {
        Set<String> names = new HashSet<>();
        for (String file : FILES) {
            try (InputStream in = classLoader.getResourceAsStream(file)) {
                if (in != null) {
                    names.addAll(names(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
                }
            } catch (IOException | RuntimeException e) {
                throw new IllegalStateException("Cannot read " + file + " on the class path", e);
            }
        }
        return names;
    }

    private static List<String> names(String text) {
        return EdnCodec.readString(text) instanceof Map<?, ?> map && map.get(XFORMS) instanceof Collection<?> xforms
                ? xforms.stream()
                        .filter(Symbol.class::isInstance)
                        .map(Object::toString)
                        .toList()
                : List.of();
    }
}
