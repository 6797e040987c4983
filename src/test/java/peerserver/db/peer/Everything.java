package peerserver.db.peer;

import static peerserver.db.peer.TestDatabase.schema;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A database with every type of value, changed and retracted over some transactions. */
final class Everything {

    /** The attributes in AVET, but for references. */
    static final List<String> INDEXED = List.of(
            ":a/string",
            ":a/long",
            ":a/double",
            ":a/float",
            ":a/bigdec",
            ":a/bigint",
            ":a/keyword",
            ":a/instant",
            ":a/uuid",
            ":a/uri",
            ":a/boolean",
            ":a/symbol",
            ":a/same",
            ":a/many",
            ":a/id",
            ":a/tuple",
            ":a/bytes");

    private Everything() {}

    static TestDatabase database() {
        String index = " :db/index true";
        return new TestDatabase(
                schema(
                        ":a/id string :db/unique :db.unique/identity",
                        ":a/string string" + index,
                        ":a/long long" + index,
                        ":a/double double" + index,
                        ":a/float float" + index,
                        ":a/bigdec bigdec" + index,
                        ":a/bigint bigint" + index,
                        ":a/keyword keyword" + index,
                        ":a/instant instant" + index,
                        ":a/uuid uuid" + index,
                        ":a/uri uri" + index,
                        ":a/boolean boolean" + index,
                        ":a/symbol symbol" + index,
                        ":a/bytes bytes" + index,
                        ":a/same long" + index,
                        ":a/many long :db/cardinality :db.cardinality/many" + index,
                        ":a/tuple tuple :db/tupleTypes [:db.type/long :db.type/string]" + index,
                        ":a/ref ref :db/cardinality :db.cardinality/many",
                        ":a/plain string"),
                entities(0),
                entities(2),
                """
                [[:db/retract [:a/id '1'] :a/same 1] [:db/retract [:a/id '2'] :a/many 3]
                 [:db/add [:a/id '3'] :a/same 2] [:db/add [:a/id '3'] :a/ref [:a/id '1']]
                 [:db/retract [:a/id '4'] :a/ref [:a/id '0']]]
                """,
                "[[:db/add [:a/id '1'] :a/same 1] [:db/add [:a/id '3'] :a/same 1] [:db/add [:a/id '2'] :a/plain 'b']]");
    }

    private static String entities(int from) {
        return IntStream.range(0, 6).mapToObj(i -> entity(i, i + from)).collect(Collectors.joining("\n", "[", "]"));
    }

    private static String entity(int id, int n) {
        return ("{:db/id 'e%1$d' :a/id '%1$d' :a/string 'text %2$d' :a/long %2$d :a/double %2$d.1 :a/float %2$d.1"
                        + " :a/bigdec %2$d.10M :a/bigint %2$dN :a/keyword :k/n%2$d :a/instant #inst '20%3$02d'"
                        + " :a/uuid #uuid 'f81d4fae-7dec-11d0-a765-00a0c91e6bf%2$d' :a/uri #uri 'http://a/%2$d'"
                        + " :a/boolean %4$b :a/symbol s/n%2$d :a/bytes #bytes '%5$s' :a/same 1"
                        + " :a/many [%2$d 3 4 5] :a/tuple [%2$d 'x'] :a/ref ['e0' 'e%6$d'] :a/plain 'a'}")
                .formatted(
                        id,
                        n,
                        n + 10,
                        n % 2 == 0,
                        java.util.Base64.getEncoder().encodeToString(new byte[] {(byte) (100 + 20 * n), 0, (byte) n}),
                        (id + 1) % 6);
    }
}
