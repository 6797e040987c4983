package peerserver.db.peer;

import clojure.lang.ISeq;
import clojure.lang.PersistentArrayMap;
import clojure.lang.PersistentHashSet;
import clojure.lang.PersistentList;
import clojure.lang.PersistentVector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import peerserver.form.QueryForm;

/**
 * Generated queries over a {@link GeneratedDatabase}: joins, aggregates, pulls, functions that make collections, and
 * inputs of every shape. The same ones in every JVM.
 */
final class GeneratedQueries {

    private static final int JOINS = 30;
    private static final int AGGREGATES = 20;
    private static final int FUNCTIONS = 20;
    private static final int INPUTS = 20;
    private static final List<String> AGGREGATE_CALLS =
            List.of("(count ?%s)", "(count-distinct ?%s)", "(distinct ?%s)", "(min ?%s)", "(max 3 ?%s)");
    private static final List<String> FUNCTION_CALLS = List.of(
            "[(vector ?%s ?%s) ?x]",
            "[(list ?%s ?%s) ?x]",
            "[(hash-map ?%s ?%s) ?x]",
            "[(hash-set ?%s ?%s) ?x]",
            "[(tuple ?%s ?%s) ?x]",
            "[(vector ?%s ?%s) ?p] [(to-array ?p) ?x]");

    private static final String GROUND = """
            [:find ?x ?y :where
             [(ground ['BB' 'Aa' 1 1N 1.0 1M 1.0M [1 nil] [nil] [] {} #{} #{nil 1} {:BB {'Aa' nil}} {:Aa ['BB']}])
              [?x ...]]
             [(identity ?x) ?y]]
            """;

    /** A query and what it takes besides the database. */
    record Generated(Object query, List<Object> inputs) {

        @Override
        public String toString() {
            return CanonicalText.of(query) + " of " + CanonicalText.of(inputs);
        }
    }

    private final Random random = new Random(20_240_229);

    static List<Generated> all() {
        GeneratedQueries queries = new GeneratedQueries();
        List<Generated> all = new ArrayList<>();
        times(JOINS, () -> all.add(queries.join()));
        times(AGGREGATES, () -> all.add(queries.aggregate()));
        times(FUNCTIONS, () -> all.add(queries.function()));
        times(INPUTS, () -> all.addAll(queries.inputs()));
        all.add(query(GROUND));
        return all;
    }

    private static void times(int count, Runnable work) {
        for (int i = 0; i < count; i++) {
            work.run();
        }
    }

    /** The rows of a query as text, in the order in which they come. */
    static List<String> rows(PeerDbValue db, Generated generated) {
        List<Object> args = new ArrayList<>(List.of(db));
        args.addAll(generated.inputs());
        List<String> rows = new ArrayList<>();
        db.query(QueryForm.parse(generated.query()), args, TestDatabase.OPTIONS)
                .rows()
                .forEachRemaining(row -> rows.add(CanonicalText.of(row)));
        return rows;
    }

    private Generated join() {
        List<String> names = some(1 + random.nextInt(3));
        List<String> find =
                new ArrayList<>(names.stream().map(name -> "?" + name).toList());
        String where = clauses("?e", names);
        if (random.nextBoolean()) {
            String other = some(1).get(0);
            find.add("?other");
            where += " [?e :g/ref ?f] [?f :g/%s ?other]".formatted(other);
        }
        find.add(List.of("?e", "(pull ?e [:g/id :g/string])", "?id").get(random.nextInt(3)));
        Collections.shuffle(find, random);
        return query("[:find %s :where [?e :g/id ?id] %s]".formatted(String.join(" ", find), where));
    }

    private Generated aggregate() {
        List<String> names = some(3);
        // Decimals that differ in scale alone are one group to the engine, which shows whichever it met first.
        String group = names.get(1).equals("bigdec") ? "string" : names.get(1);
        String call = AGGREGATE_CALLS
                .get(random.nextInt(AGGREGATE_CALLS.size()))
                .replace("%s", hasOneOrder(names.get(0)) ? names.get(0) : "long");
        return query("[:find ?%s %s :with ?%s ?e :where %s [?e :g/long ?long] [?e :g/string ?string]]"
                .formatted(group, call, names.get(2), clauses("?e", names)));
    }

    /** Whether the engine itself can tell the greatest of an attribute's values; with NaN it depends on what it met first. */
    private static boolean hasOneOrder(String name) {
        return !List.of("bytes", "tuple", "double").contains(name);
    }

    private Generated function() {
        List<String> names = some(2);
        String call = FUNCTION_CALLS.get(random.nextInt(FUNCTION_CALLS.size())).formatted(names.get(0), names.get(1));
        return query("[:find ?x ?y :where %s %s [(identity ?x) ?y]]".formatted(clauses("?e", names), call));
    }

    private List<Generated> inputs() {
        Object collection = PersistentVector.create(values(12));
        Object relation = PersistentVector.create(Stream.generate(() -> PersistentVector.create(values(2)))
                .limit(8)
                .toList());
        String name = some(1).get(0);
        return List.of(
                new Generated(
                        read("[:find ?x ?v :in $ [?x ...] :where [?e :g/%s ?v]]".formatted(name)), List.of(collection)),
                new Generated(read("[:find ?y ?x :in $ [[?x ?y]] :where [_ :g/id]]"), List.of(relation)),
                new Generated(read("[:find ?y ?x :in $ ?x :where [?e :g/id ?y]]"), List.of(collection)),
                new Generated(
                        read("[:find ?x ?p ?q :in $ [[?x ?y]] :where [(tuple ?x ?y) ?t] [(untuple ?t) [?p ?q]]]"),
                        List.of(relation)));
    }

    private List<Object> values(int count) {
        return Stream.generate(() -> value(0)).limit(count).toList();
    }

    /** Any value but nil; nil only inside of collections, for the engine binds no variable to it. */
    private Object value(int depth) {
        int choice = random.nextInt(depth > 2 ? 6 : 12);
        return switch (choice) {
            case 6, 7 -> PersistentVector.create(nested(depth));
            case 8 -> PersistentHashSet.create(nested(depth));
            case 9, 10 -> PersistentArrayMap.create(map(depth));
            case 11 -> list(depth);
            default -> {
                List<Object> pool = GeneratedDatabase.pool(some(1).get(0));
                yield pool.get(random.nextInt(pool.size()));
            }
        };
    }

    private ISeq list(int depth) {
        List<@Nullable Object> items = nested(depth);
        items.add("end");
        return (ISeq) PersistentList.create(items);
    }

    private List<@Nullable Object> nested(int depth) {
        List<@Nullable Object> items = new ArrayList<>();
        times(random.nextInt(4), () -> items.add(random.nextInt(5) == 0 ? null : value(depth + 1)));
        return items;
    }

    private Map<Object, @Nullable Object> map(int depth) {
        Map<Object, @Nullable Object> map = new HashMap<>();
        times(random.nextInt(4), () -> map.put(value(depth + 2), random.nextInt(5) == 0 ? null : value(depth + 1)));
        return map;
    }

    private List<String> some(int count) {
        List<String> names = new ArrayList<>(GeneratedDatabase.TYPES);
        Collections.shuffle(names, random);
        return names.subList(0, count);
    }

    private static String clauses(String entity, List<String> names) {
        return names.stream()
                .map(name -> String.format(Locale.ROOT, "[%s :g/%s ?%s]", entity, name, name))
                .collect(Collectors.joining(" "));
    }

    private static Generated query(String query) {
        return new Generated(read(query), List.of());
    }

    private static Object read(String query) {
        return TestDatabase.read(query);
    }
}
