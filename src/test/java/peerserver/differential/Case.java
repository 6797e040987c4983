package peerserver.differential;

import clojure.lang.IPersistentMap;
import clojure.lang.Keyword;
import clojure.lang.PersistentArrayMap;
import clojure.lang.RT;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import peerserver.conformance.Clj;

/**
 * One operation and its arguments, to be run on both sides.
 *
 * @param name unique among all cases
 * @param op as the Client API names it, {@code q} when the case says nothing
 * @param args the arguments, as the Client API takes them, in which {@link Form}s stand for what text cannot say
 * @param trusted whether it needs a key whose code is trusted
 * @param refused whether it needs one because it calls what confined code may not: any other key is refused
 * @param differs how the sides are documented to differ, or null when they must be equal
 */
record Case(
        String name,
        String op,
        IPersistentMap args,
        boolean trusted,
        boolean refused,
        @Nullable Difference differs) {

    private static final Keyword NAME = Clj.keyword("name");
    private static final Keyword OP = Clj.keyword("op");
    private static final Keyword TRUSTED = Clj.keyword("trusted");
    private static final Keyword REFUSED = Clj.keyword("refused");
    private static final Keyword DIFFERS = Clj.keyword("differs");

    private static final Set<Keyword> OF_THE_CASE = Set.of(NAME, OP, TRUSTED, REFUSED, DIFFERS);

    static Case of(Map<?, ?> entry) {
        IPersistentMap args = PersistentArrayMap.EMPTY;
        for (Map.Entry<?, ?> argument : entry.entrySet()) {
            Object key = argument.getKey();
            if (!OF_THE_CASE.contains(key)) {
                args = args.assoc(key, argument.getValue());
            }
        }
        Object given = entry.get(OP);
        String op = given == null ? "q" : ((Keyword) given).getName();
        return new Case(
                (String) RT.get(entry, NAME),
                op,
                (IPersistentMap) Clj.merge(usual(op), args),
                Boolean.TRUE.equals(entry.get(TRUSTED)) || Boolean.TRUE.equals(entry.get(REFUSED)),
                Boolean.TRUE.equals(entry.get(REFUSED)),
                Difference.of((Map<?, ?>) entry.get(DIFFERS)));
    }

    /** What a case is about that does not say it. */
    private static Object usual(String op) {
        Form.Db main = new Form.Db(Clj.edn("main"));
        return switch (op) {
            case "q", "qseq" -> Clj.mapOf("args", Clj.vector(main));
            case "transact" -> Clj.mapOf("conn", "ledger");
            case "tx-range" -> Clj.mapOf("conn", "main");
            case "with" -> Clj.mapOf("db", new Form.Db(Clj.edn("(with-db main)")));
            default -> Clj.mapOf("db", main);
        };
    }

    /** A case that no list has. */
    static Case generated(String op, Object... namesAndValues) {
        return new Case("generated", op, Clj.mapOf(namesAndValues), false, false, null);
    }

    @Nullable Object arg(String arg) {
        return args.valAt(Clj.keyword(arg));
    }

    /** Whether rows are found in no order of their own. */
    boolean findsRows() {
        return op.equals("q") || op.equals("qseq");
    }

    /** Whether it, or what it asks, is of entities that are made anew on each side. */
    boolean makesEntities() {
        return op.equals("transact") || op.equals("with") || toString().contains("(with ");
    }

    /** The case as it would stand in a list. */
    @Override
    public String toString() {
        return Clj.print(Form.written(args.assoc(NAME, name).assoc(OP, Clj.keyword(op))));
    }
}
