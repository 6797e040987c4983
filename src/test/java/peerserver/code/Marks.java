package peerserver.code;

import clojure.java.api.Clojure;
import clojure.lang.Atom;
import clojure.lang.Symbol;
import clojure.lang.Var;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What code leaves that runs although it should not: a system property, a file, a counter that was counted up. */
final class Marks {

    private static final String PROPERTY = "escape.mark";
    private static final Path FILE = Path.of("target", "escape-mark");
    private static final Var COUNTER = counter();

    private Marks() {}

    private static Var counter() {
        Clojure.var("clojure.core", "require").invoke(Symbol.intern("escape.marks"));
        return (Var) Clojure.var("escape.marks", "counter");
    }

    /** Takes all marks away. */
    static void clear() {
        System.clearProperty(PROPERTY);
        COUNTER.bindRoot(new Atom(0L));
        try {
            Files.deleteIfExists(FILE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether there is one. */
    static boolean left() {
        return System.getProperty(PROPERTY) != null
                || Files.exists(FILE)
                || !((Atom) COUNTER.deref()).deref().equals(0L);
    }
}
