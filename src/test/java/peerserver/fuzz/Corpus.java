package peerserver.fuzz;

import clojure.lang.Keyword;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import peerserver.wire.EdnCodec;

/**
 * Valid requests to begin from.
 *
 * @param requests at least one of every operation
 * @param tokens whatever may be tried as a {@code :next-token}: the caller's own, others', and what never was one
 */
record Corpus(List<Map<Keyword, Object>> requests, List<String> tokens) {

    /** What the databases of these requests hold, in transactions; {@code '} stands for {@code "}. */
    static final List<String> TRANSACTIONS = List.of(
            "[{:db/ident :item/name :db/valueType :db.type/string :db/cardinality :db.cardinality/one"
                    + " :db/unique :db.unique/identity}"
                    + " {:db/ident :item/count :db/valueType :db.type/long :db/cardinality :db.cardinality/one"
                    + " :db/index true}"
                    + " {:db/ident :item/tags :db/valueType :db.type/string :db/cardinality :db.cardinality/many}"
                    + " {:db/ident :item/friend :db/valueType :db.type/ref :db/cardinality :db.cardinality/one}"
                    + " {:db/ident :item/parts :db/valueType :db.type/ref :db/cardinality :db.cardinality/many}"
                    + " {:db/ident :item/price :db/valueType :db.type/bigdec :db/cardinality :db.cardinality/one"
                    + " :db/index true}"
                    + " {:db/ident :item/weight :db/valueType :db.type/double :db/cardinality :db.cardinality/one}"
                    + " {:db/ident :item/seen :db/valueType :db.type/instant :db/cardinality :db.cardinality/one}]",
            "[{:item/name 'a' :item/count 1 :item/tags ['x' 'y'] :item/price 1.5M}]",
            "[{:item/name 'b' :item/count 2 :item/tags ['y'] :item/friend [:item/name 'a']}"
                    + " {:item/name 'c' :item/count 3 :item/weight 2.5 :item/seen #inst '2026-01-01'}"
                    + " {:item/name 'd' :item/count 4 :item/parts [[:item/name 'a']] :item/friend {:item/name 'e' :item/count 5}}]");

    private static final List<String> REQUESTS = List.of(
            "{:op :datomic.catalog/resolve-db :db-name 'hello'}",
            "{:op :datomic.catalog/list-dbs}",
            "{:op :datomic.catalog/create-db :db-name 'brand-new'}",
            "{:op :datomic.catalog/delete-db :db-name 'brand-new'}",
            "{:op :datomic.catalog/administer-system :db-name 'scratch' :action :upgrade-schema}",
            "{:op :status $hello}",
            "{:op :transact $scratch :tx-data [{:db/id 'new' :item/name 'n' :item/count 7 :item/tags ['p' 'q']}"
                    + " [:db/add 'new' :item/friend [:item/name 'a']] [:db/retract [:item/name 'b'] :item/count 2]]}",
            "{:op :transact $scratch :timeout 1000 :tx-data [[:db/cas [:item/name 'c'] :item/count 3 30]"
                    + " [:db.fn/retractEntity [:item/name 'd']] {:db/id 'datomic.tx' :db/doc 'why'}]}",
            "{:op :q :query [:find ?n ?c :in $ ?least :where [?e :item/name ?n] [?e :item/count ?c] [(< ?least ?c)]]"
                    + " :args [{$hello} 1] :offset 0 :limit 3 :chunk 2 :timeout 2000}",
            "{:op :q :query {:find [?e (pull ?e [:item/name {:item/friend [*]}])] :in [$ [?n ...]]"
                    + " :where [[?e :item/name ?n]]} :args [{$hello :as-of 1003} ['a' 'b']] :chunk 1}",
            "{:op :q :query '[:find (count ?e) ?t :in $ % :keys n tag :where (tagged ?e ?t)]'"
                    + " :args [{$hello :history true} [[(tagged ?e ?t) [?e :item/tags ?t]]]] :query-stats true}",
            "{:op :q :query [:find ?n :in $ [[?n ?c]] [?x ?y] :with ?e :where [?e :item/name ?n] (not [?e :item/friend])"
                    + " (or-join [?e ?y] (and [?e :item/count] [(identity 'x') ?y]) (and [?e :item/tags ?x] [(= ?x ?y)]))]"
                    + " :args [{$hello} [['a' 1] ['b' 2]] ['x' 'x']] :io-context :fuzz/io}",
            "{:op :pull $hello :selector [* {:item/friend [:item/name]} (:item/tags :limit 1)] :eid [:item/name 'b']}",
            "{:op :pull $hello :since #inst '2020-01-01' :selector '[:item/name [:item/count :as :n :default 0]]' :eid 0}",
            "{:op :index-pull $hello :index :avet :selector [:item/name] :start [:item/count 2] :reverse true :chunk 1}",
            "{:op :index-pull $hello :index :aevt :selector [*] :start [:item/parts] :limit 5 :offset 0}",
            "{:op :datoms $hello :index :aevt :a :item/count :chunk 2 :limit -1}",
            "{:op :datoms $hello :index :eavt :components [[:item/name 'a'] :item/tags 'x']}",
            "{:op :datoms $hello :history true :index :avet :a :item/count :v 2 :offset 1}",
            "{:op :index-range $hello :attrid :item/count :start 1 :end 4 :chunk 2}",
            "{:op :index-range $hello :attrid :item/price :start 0.5M}",
            "{:op :tx-range $hello :start 1000 :end 2000 :chunk 1}",
            "{:op :tx-range $hello :start #inst '2020-01-01' :end #inst '2040-01-01'}",
            "{:op :db-stats $hello}",
            "{:op :with-db $hello}",
            "{:op :with $hello :next-token '$with' :tx-data [{:item/name 'a' :item/count 9}]}",
            "{:op :pull $hello :next-token '$with' :selector [*] :eid [:item/name 'a']}",
            "{:op :next :next-token '$next' :offset 2 :chunk 2}");

    Corpus {
        requests = List.copyOf(requests);
        tokens = List.copyOf(tokens);
    }

    /**
     * The requests against databases {@code hello} and {@code scratch}.
     *
     * @param ids the ids of the databases by their names
     * @param t the basis of both
     * @param with the handle of a db value that {@code with} can build on
     * @param next a next-token that stands at offset 2
     * @param others further tokens
     */
    static Corpus of(Map<String, String> ids, long t, String with, String next, List<String> others) {
        List<Map<Keyword, Object>> requests = new ArrayList<>();
        for (String template : REQUESTS) {
            String text = template.replace("$with", with).replace("$next", next);
            for (Map.Entry<String, String> id : ids.entrySet()) {
                text = text.replace(
                        "$" + id.getKey(),
                        ":db-name '" + id.getKey() + "' :database-id '" + id.getValue() + "' :t " + t + " :next-t "
                                + (t + 1));
            }
            requests.add(request(text));
        }
        List<String> tokens = new ArrayList<>(others);
        tokens.addAll(List.of(with, next, "", "v1.", "v1.AAAA", "v2." + next.substring(3), next + next));
        return new Corpus(requests, tokens);
    }

    /** A request written as text, in which {@code '} stands for {@code "}. */
    @SuppressWarnings("unchecked") // it is written here
    static Map<Keyword, Object> request(String edn) {
        return new HashMap<>((Map<Keyword, Object>) EdnCodec.readString(edn.replace('\'', '"')));
    }
}
