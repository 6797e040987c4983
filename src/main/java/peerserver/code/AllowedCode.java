package peerserver.code;

import clojure.lang.Keyword;
import clojure.lang.Symbol;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What confined code may call: {@link PureFunctions} and what operators have allowed.
 *
 * @param configured symbols and idents that operators have allowed, as text, without {@code clojure.core/}
 * @param xforms what {@code :xform} of a pull may name
 */
record AllowedCode(Set<String> configured, Set<String> xforms) {

    private static final String CORE = "clojure.core";
    private static final String CORE_PREFIX = CORE + "/";

    AllowedCode {
        configured = Set.copyOf(configured);
        xforms = Set.copyOf(xforms);
    }

    /** What is allowed beside {@link PureFunctions}. */
    static AllowedCode of(List<String> configured, Set<String> extensions) {
        Set<String> names = new HashSet<>();
        configured.forEach(name -> names.add(withoutCore(name)));
        Set<String> xforms = new HashSet<>(extensions);
        xforms.addAll(PureFunctions.XFORMS);
        return new AllowedCode(names, xforms);
    }

    private static String withoutCore(String name) {
        return name.startsWith(CORE_PREFIX) ? name.substring(CORE_PREFIX.length()) : name;
    }

    /** Whether operators have allowed the function. */
    boolean isConfigured(Symbol function) {
        return !configured.isEmpty() && configured.contains(withoutCore(function.toString()));
    }

    /** Whether operators have allowed what has that name, as it is spelt. */
    boolean isConfigured(String name) {
        return configured.contains(name);
    }

    /** Whether it is a pure function of Clojure, which may serve as a predicate of an attribute, too. */
    boolean isPure(Symbol function) {
        String namespace = function.getNamespace();
        if (namespace == null || namespace.equals(CORE)) {
            return PureFunctions.OF_CORE.contains(function.getName());
        }
        return namespace.equals("clojure.string") && PureFunctions.OF_STRING.contains(function.getName());
    }

    /**
     * Whether a predicate of an attribute may be that function: a test, for it is called for every transaction, where no
     * deadline ends it, and others can take any time and room.
     */
    boolean allowsPredicate(Symbol function) {
        return (isPure(function) && function.getName().endsWith("?")) || isConfigured(function);
    }

    /**
     * Whether a predicate of an entity may be that function. It gets a db value, of which no function of Clojure makes
     * anything sensible, and what it answers is told to the caller.
     */
    boolean allowsEntityPredicate(Symbol function) {
        return isConfigured(function);
    }

    /**
     * Whether a transaction may call that function. What it answers is not checked, so those of {@code clojure.core} are
     * none, whoever allows them for queries.
     */
    boolean allowsTransactionFunction(Object name) {
        return name instanceof Keyword
                ? configured.contains(name.toString())
                : name instanceof Symbol symbol
                        && symbol.getNamespace() != null
                        && !symbol.getNamespace().equals(CORE)
                        && isConfigured(symbol);
    }

    /** Whether a pull may name it in {@code :xform}. */
    boolean allowsXform(Symbol function) {
        return xforms.contains(function.toString());
    }
}
