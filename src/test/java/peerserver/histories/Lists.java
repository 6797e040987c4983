package peerserver.histories;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import peerserver.conformance.Clj;

/**
 * Lists in a database. Plain ones are the values of an attribute of cardinality many, in the order of their transactions;
 * guarded ones are a text, which {@code :db/cas} replaces by a longer one, so that the value itself tells the order.
 */
final class Lists {

    private static final int OF_EACH_KIND = 4;

    /** Datomic Local has no longer texts than 4,096 characters. */
    private static final int LONGEST_TEXT = 3_900;

    private final List<String> plain;
    private final List<String> guarded;

    /** Names for lists that no other run uses. */
    Lists(String run) {
        plain = names(run + "-plain-");
        guarded = names(run + "-guarded-");
    }

    private static List<String> names(String prefix) {
        return IntStream.range(0, OF_EACH_KIND).mapToObj(i -> prefix + i).toList();
    }

    List<String> all() {
        return Stream.concat(plain.stream(), guarded.stream()).toList();
    }

    boolean isGuarded(String list) {
        return guarded.contains(list);
    }

    /** Makes them, empty. */
    void create(Client client) {
        client.transact("""
                [{:db/ident :list/key :db/valueType :db.type/string :db/cardinality :db.cardinality/one
                  :db/unique :db.unique/identity}
                 {:db/ident :list/element :db/valueType :db.type/string :db/cardinality :db.cardinality/many}
                 {:db/ident :list/text :db/valueType :db.type/string :db/cardinality :db.cardinality/one}
                 {:db/ident :list/transaction :db/valueType :db.type/string :db/cardinality :db.cardinality/one}]""");
        String data = all().stream()
                .map(list -> "{:list/key \"" + list + "\"" + (isGuarded(list) ? " :list/text \"\"" : "") + "}")
                .collect(Collectors.joining(" ", "[", "]"));
        Answer answer = client.transact(data);
        if (!answer.made()) {
            throw new IllegalStateException("cannot make the lists: " + answer);
        }
    }

    /** What they hold in a database value, if an answer comes. */
    Optional<Map<String, List<String>>> read(Object db, Collection<String> lists) {
        return Client.attempt(() -> {
            Map<String, List<String>> found = new HashMap<>();
            Object keys = Clj.vector(lists.toArray());
            lists.forEach(list -> found.put(list, List.of()));
            Client.q(
                            "[:find ?key ?element ?tx :in $ [?key ...]"
                                    + " :where [?list :list/key ?key] [?list :list/element ?element ?tx]]",
                            db,
                            keys)
                    .stream()
                    .sorted(Comparator.comparingLong(row -> (long) row.get(2)))
                    .collect(Collectors.groupingBy(row -> (String) row.get(0)))
                    .forEach((key, rows) -> found.put(
                            key, rows.stream().map(row -> (String) row.get(1)).toList()));
            Client.q(
                            "[:find ?key ?text :in $ [?key ...] :where [?list :list/key ?key] [?list :list/text ?text]]",
                            db,
                            keys)
                    .forEach(row -> found.put((String) row.get(0), elements((String) row.get(1))));
            return found;
        });
    }

    private static List<String> elements(String text) {
        return text.isEmpty() ? List.of() : Arrays.asList(text.split(" ", -1));
    }

    /** Whether a guarded list has room for more. */
    static boolean hasRoom(List<String> list) {
        return String.join(" ", list).length() < LONGEST_TEXT;
    }

    /** The data of a transaction that appends. */
    static Object append(String name, Map<String, String> elements, Map<String, List<String>> guards) {
        String forms = elements.entrySet().stream()
                .map(entry -> append(entry.getKey(), entry.getValue(), guards.get(entry.getKey())))
                .collect(Collectors.joining(" "));
        return Clj.edn("[[:db/add \"datomic.tx\" :list/transaction \"%s\"] %s]", name, forms);
    }

    private static String append(String list, String element, @Nullable List<String> guard) {
        if (guard == null) {
            return "[:db/add [:list/key \"" + list + "\"] :list/element \"" + element + "\"]";
        }
        String text = String.join(" ", guard);
        return "[:db/cas [:list/key \"" + list + "\"] :list/text \"" + text + "\" \"" + (text + " " + element).strip()
                + "\"]";
    }

    /** All transactions of the log from a t on that appended to any of these lists. */
    List<LoggedTransaction> log(Client client, long start) {
        Object db = client.newest();
        Map<Object, String> attributes = new HashMap<>();
        for (String ident : List.of("list/element", "list/text", "list/transaction")) {
            attributes.put(
                    Client.q("[:find ?a :where [?a :db/ident :" + ident + "]]", db)
                            .get(0)
                            .get(0),
                    ident);
        }
        Map<Object, String> keys = new HashMap<>();
        Client.q("[:find ?list ?key :where [?list :list/key ?key]]", db)
                .forEach(row -> keys.put(row.get(0), (String) row.get(1)));
        return client.log(start).stream()
                .map(logged -> transaction(logged, attributes, keys))
                .filter(logged -> !logged.names().isEmpty()
                        || !logged.added().isEmpty()
                        || !logged.replaced().isEmpty())
                .toList();
    }

    private static LoggedTransaction transaction(
            Object logged, Map<Object, String> attributes, Map<Object, String> keys) {
        List<String> names = new ArrayList<>();
        Map<String, List<String>> added = new HashMap<>();
        Map<String, List<String>> replaced = new HashMap<>();
        for (Object datom : Clj.list(Clj.get(logged, "data"))) {
            String attribute = attributes.getOrDefault(Clj.number(datom, "a"), "");
            if (!attribute.isEmpty() && Boolean.TRUE.equals(Clj.get(datom, "added"))) {
                String value = (String) Clj.get(datom, "v");
                String key = keys.getOrDefault(Clj.get(datom, "e"), "none");
                switch (attribute) {
                    case "list/element" ->
                        added.computeIfAbsent(key, list -> new ArrayList<>()).add(value);
                    case "list/text" -> replaced.put(key, elements(value));
                    default -> names.add(value);
                }
            }
        }
        return new LoggedTransaction(Clj.number(logged, "t"), names, added, replaced);
    }
}
