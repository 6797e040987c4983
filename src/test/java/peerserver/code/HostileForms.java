package peerserver.code;

import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Queries and transactions out of all that engines know, put together without regard to what belongs where, with calls that
 * leave a mark in many places. Which ones depends on the seed alone.
 */
final class HostileForms {

    private static final String CALL = "(escape.marks/hit)";
    private static final List<String> CALLS = List.of(CALL, CALL, CALL, "(load-string \"(escape.marks/hit)\")");
    private static final List<String> CONNECTIVES = List.of("not", "or", "not-join", "or-join", "and");
    private static final List<String> HEADS = List.of(
            "r",
            "q",
            "ground",
            "get-else",
            "inc",
            "identity",
            "clojure.core/and",
            "clojure.core/or",
            "?x",
            "_",
            "nil",
            ":x/id",
            "\"not\"",
            "1",
            "$",
            "%",
            ".",
            "..",
            "...",
            "do",
            "quote",
            "let",
            "if",
            "fn*",
            "=",
            "!=",
            "missing?",
            "tuple",
            "untuple",
            "pull",
            "fulltext",
            "tx-ids",
            "&&",
            "source",
            "and",
            "or");
    private static final List<String> VARIABLES =
            List.of("[?x]", "[?x]", "[?x]", "?x", "[]", "[[?x]]", "[[?x] ?y]", "[?x ?y]", "([?x])", "[_]", "[?x [?y]]");
    private static final List<String> CONSTANTS = List.of(
            "1", "nil", "\"s\"", ":x/id", "foo", "not", "and", "%", "...", "?x", "?x", "_", "$", "[" + CALL + "]");
    private static final List<String> RULE_NAMES = List.of(
            "r", "r", "r", "not", "or", "and", "or-join", "q", ":r", "load-string", "escape.marks/hit", "$", "?x");

    private static final List<String> OPERATIONS = List.of(
            ":db/add", ":db/add", ":db/add", "\":db/add\"", "db/add", ":db/cas", ":db.fn/cas", ":db/retract", ":my/fn");
    private static final List<String> ENTITIES = List.of(
            ":x/s",
            ":x/s",
            ":x/s",
            "\":x/s\"",
            "x/s",
            "[:db/ident :x/s]",
            "[:x/id \"a\"]",
            "\"new\"",
            "\"x/s\"",
            "ENTITY-OF-B");
    private static final List<String> ALIASES = List.of(
            "PREDS-AND-A-TURN", "PREDS-AND-MANY-TURNS", "PREDS-LESS-A-TURN", "ENTITY-OF-PREDS", "\"datomic.tx\"");
    private static final List<String> KNOWN_BY =
            List.of("[:u ENTITY-OF-B]", "[:x/u ENTITY-OF-B]", "[:x/id \"n\"]", "\"n\"");
    private static final List<String> REFERENCES = List.of(
            ":u", ":_u", "\":_u\"", "_u", ":x/u", ":x/_u", "\":x/_u\"", "x/_u", ":x/ref", ":x/_ref", ":a/b/_c", ":__u");
    private static final List<String> ATTRIBUTES = List.of(
            ":db.attr/preds",
            ":db.attr/preds",
            ":db.attr/preds",
            ":db.attr/preds",
            "ENTITY-OF-PREDS",
            "ENTITY-OF-PREDS",
            "\":db.attr/preds\"",
            "db.attr/preds",
            "PREDS-AND-A-TURN",
            "PREDS-LESS-A-TURN",
            "PREDS-AND-A-TURN-LARGE",
            "ENTITY-PREDS-AND-A-TURN",
            "[:db/ident :db.attr/preds]",
            "[:x/id \"preds\"]",
            "[:db/ident \":db.attr/preds\"]",
            "(:db/ident :db.attr/preds)",
            ":db.attr/_preds",
            ":db.entity/preds",
            ":db/fn",
            ":db/code",
            ":db/lang",
            ":db/ident",
            ":db/ensure",
            ":db.install/function",
            ":x/id",
            ":x/s",
            ":x/ref",
            ":x/_ref",
            "\":db.attr/preds \"",
            "\"db.attr/preds\"");
    private static final List<String> VALUES = List.of(
            "escape.marks/hit",
            "escape.marks/hit",
            "\"escape.marks/hit\"",
            "[escape.marks/hit]",
            "#{escape.marks/hit}",
            "clojure.core/load-string",
            "\"clojure.core/load-string\"",
            CALL,
            "(quote escape.marks/hit)",
            "\"#=(escape.marks/hit)\"",
            ":db.attr/preds",
            "\"new\"",
            "ENTITY-OF-PREDS",
            "{:db/ident :db.attr/preds}");

    private final Random random;

    HostileForms(long seed) {
        this.random = new Random(seed);
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    private String several(Supplier<String> what, int fewest, int most) {
        return Stream.generate(what)
                .limit(fewest + random.nextInt(most - fewest + 1))
                .collect(Collectors.joining(" "));
    }

    /** Engines take a list for a vector, and the other way round. */
    private String grouped(String items) {
        return chance(0.6) ? "(" + items + ")" : "[" + items + "]";
    }

    private String argument(int depth) {
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> one(CALLS);
            case 3 -> one(VARIABLES);
            case 4, 5 -> one(CONSTANTS);
            default -> depth > 0 ? clause(depth - 1) : "[?x :x/id]";
        };
    }

    private String clause(int depth) {
        return switch (random.nextInt(10)) {
            case 0 -> grouped(one(CALLS) + " ?x");
            case 1 -> grouped("?x :x/id");
            case 2 -> one(CALLS);
            default -> {
                String head = chance(0.6) ? one(CONNECTIVES) : one(HEADS);
                String variables = head.endsWith("-join") && chance(0.85) ? one(VARIABLES) + " " : "";
                String source = chance(0.2) ? "$ " : "";
                yield grouped(source + head + " " + variables + several(() -> argument(depth), 0, 3));
            }
        };
    }

    private String rule() {
        String head = grouped(one(RULE_NAMES) + " " + several(() -> one(List.of("?x", "?y", "[?x]", "[?x ?y]")), 0, 2));
        return grouped(head + " " + several(() -> clause(1), 1, 2));
    }

    /** A query with its rules, {@code {:query … :in … :args …}}, as attempts are written. */
    String query() {
        boolean ruled = chance(0.4);
        String rules = "[" + several(this::rule, 1, 2) + "]";
        String where = (chance(0.8) ? "[?x :x/id] " : "") + several(() -> clause(2), 1, 2);
        String in = ruled ? "[$ %]" : "[$]";
        String query = chance(0.5)
                ? "{:find [?x] :in " + in + " :where [" + where + "]}"
                : "[:find ?x :in " + in.substring(1, in.length() - 1) + " :where " + where + "]";
        if (chance(0.15)) {
            String nested = "(q (quote " + query + ") $" + (ruled ? " (quote " + rules + ")" : "") + ")";
            return "{:query [:find ?z :where [" + nested + " ?z]]}";
        }
        return "{:query " + query + (ruled ? " :args [" + rules + "]" : "") + "}";
    }

    /** An entity, or what may come to be one, and what it is to be known by. */
    private String naming() {
        String entity = chance(0.5) ? one(ALIASES) : one(KNOWN_BY);
        String identity = chance(0.3) ? ":x/id \"n\"" : ":db/ident :my/alias";
        String reference = one(REFERENCES) + " " + nested(chance(0.6) ? one(ALIASES) : one(KNOWN_BY));
        return switch (random.nextInt(6)) {
            case 0 -> "{:db/id " + entity + " " + identity + "}";
            case 1 -> grouped(":db/add " + entity + " " + identity);
            case 2 -> "{:db/id " + (chance(0.7) ? "ENTITY-OF-B" : entity) + " " + reference + "}";
            case 3 -> grouped(":db/add " + (chance(0.7) ? "ENTITY-OF-B" : entity) + " " + reference);
            case 4 -> "{" + identity + " " + reference + "}";
            default -> "{:x/id \"m\" :x/ref {:db/id " + entity + " " + identity + "}}";
        };
    }

    private String nested(String entity) {
        return switch (random.nextInt(6)) {
            case 0 -> "{:db/id " + entity + "}";
            case 1 -> "{:db/id " + entity + " :db/ident :my/alias}";
            case 2 -> "[" + entity + "]";
            case 3 -> "{:db/id " + entity + " :x/id \"n\"}";
            default -> entity;
        };
    }

    /** Transactions that name things in roundabout ways, and use those names in the place of an attribute. */
    String datoms() {
        String attribute =
                one(List.of(":my/alias", ":my/alias", "[:db/ident :my/alias]", "[:u ENTITY-OF-B]", "[:x/id \"n\"]"));
        String use = grouped(":db/add :x/n " + attribute + " " + one(VALUES));
        String steps = several(() -> "[" + several(this::naming, 1, 2) + "]", 1, 3);
        return "{:with [" + steps + " [" + use + "]]}";
    }

    private String datom() {
        if (chance(0.5)) {
            String old = chance(0.15) ? " nil" : "";
            return grouped(one(OPERATIONS) + " " + one(ENTITIES) + " " + one(ATTRIBUTES) + old + " " + one(VALUES));
        }
        String more = chance(0.3) ? " " + one(ATTRIBUTES) + " " + (chance(0.5) ? datom() : one(VALUES)) : "";
        return "{:db/id " + one(ENTITIES) + " " + one(ATTRIBUTES) + " " + one(VALUES) + more + "}";
    }

    /** Transactions tried one on the other, the last of which calls what the first may have installed. */
    String transactions() {
        String calling = chance(0.8) ? "{:x/id \"c\" :x/s \"v\"}" : "[:my/fn 1]";
        return "{:with [[" + several(this::datom, 1, 2) + "] [" + calling + "]]}";
    }
}
