package peerserver.histories;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import peerserver.conformance.Clj;

/**
 * Entities with two numbers and some marks, and transactions whose parts contradict each other, repeat each other, or would
 * have to see what another part of the same transaction has written.
 */
final class Cells {

    /** In which {@code CELL} is a cell of its own whose numbers are 0. */
    static final List<String> TRANSACTIONS = List.of(
            "[[:db/cas CELL :cell/left 0 1] [:db/cas CELL :cell/left 0 2]]",
            "[[:db/cas CELL :cell/left 0 1] [:db/cas CELL :cell/left 0 1]]",
            "[[:db/cas CELL :cell/left 0 1] [:db/cas CELL :cell/left 1 2]]",
            "[[:db/cas CELL :cell/left 1 2] [:db/add CELL :cell/left 1]]",
            "[[:db/cas CELL :cell/left 0 1] [:db/add CELL :cell/left 1]]",
            "[[:db/cas CELL :cell/left 0 1] [:db/add CELL :cell/left 2]]",
            "[[:db/cas CELL :cell/left 0 1] [:db/retract CELL :cell/left 0]]",
            "[[:db/cas CELL :cell/left 0 1] [:db/cas CELL :cell/right 1 2]]",
            "[[:db/add CELL :cell/left 1] [:db/add CELL :cell/left 2]]",
            "[[:db/add CELL :cell/left 1] [:db/add CELL :cell/left 1]]",
            "[[:db/add CELL :cell/left 0] [:db/retract CELL :cell/left 0]]",
            "[[:db/add CELL :cell/left 1] [:db/retract CELL :cell/left 0]]",
            "[[:db/add CELL :cell/mark \"a\"] [:db/retract CELL :cell/mark \"a\"]]",
            "[[:db/add CELL :cell/mark \"a\"] [:db/add CELL :cell/mark \"b\"] [:db/add CELL :cell/mark \"a\"]]",
            "[{:cell/name \"NAME-new\" :cell/left 5} [:db/add [:cell/name \"NAME-new\"] :cell/right 5]]",
            "[{:cell/name \"NAME\" :cell/left 5} {:db/id \"other\" :cell/name \"NAME\" :cell/right 5}]",
            "[[:db/retract CELL :cell/name \"NAME\"] {:cell/name \"NAME\" :cell/left 5}]",
            "[[:db/retractEntity CELL] [:db/add CELL :cell/left 5]]");

    /** What is left of a cell, and why its transaction was refused, if it was. */
    record Verdict(@Nullable Object refusal, List<List<Object>> numbers, Set<String> marks) {}

    private Cells() {}

    static void install(Engine engine) {
        must(engine, """
                [{:db/ident :cell/name :db/valueType :db.type/string :db/cardinality :db.cardinality/one
                  :db/unique :db.unique/identity}
                 {:db/ident :cell/left :db/valueType :db.type/long :db/cardinality :db.cardinality/one}
                 {:db/ident :cell/right :db/valueType :db.type/long :db/cardinality :db.cardinality/one}
                 {:db/ident :cell/mark :db/valueType :db.type/string :db/cardinality :db.cardinality/many}]""");
    }

    static void create(Engine engine, String cell) {
        must(engine, "[{:cell/name \"" + cell + "\" :cell/left 0 :cell/right 0}]");
    }

    private static void must(Engine engine, String txData) {
        Object refusal = engine.refusal(Clj.edn(txData));
        if (refusal != null) {
            throw new IllegalStateException("refused: " + refusal);
        }
    }

    /** What comes of one of the transactions on a cell of its own. */
    static Verdict verdict(Engine engine, String transaction, String cell) {
        create(engine, cell);
        Object refusal = engine.refusal(
                Clj.edn(transaction.replace("CELL", "[:cell/name \"NAME\"]").replace("NAME", cell)));
        return new Verdict(
                refusal,
                numbers(engine, cell),
                engine
                        .q("[:find ?mark :in $ ?name :where [?cell :cell/name ?name] [?cell :cell/mark ?mark]]", cell)
                        .stream()
                        .map(row -> (String) row.get(0))
                        .collect(Collectors.toSet()));
    }

    /** Left and right, read at once. */
    static List<List<Object>> numbers(Engine engine, String cell) {
        return engine.q(
                "[:find ?left ?right :in $ ?name"
                        + " :where [?cell :cell/name ?name] [?cell :cell/left ?left] [?cell :cell/right ?right]]",
                cell);
    }

    /** Raises both numbers by one, together, if they are still what they were. */
    static Object raise(String cell, long from) {
        return Clj.edn(
                "[[:db/cas [:cell/name \"%s\"] :cell/left %d %d] [:db/cas [:cell/name \"%1$s\"] :cell/right %2$d %3$d]]",
                cell, from, from + 1);
    }
}
