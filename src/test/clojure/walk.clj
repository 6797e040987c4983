;; Walks one published client through everything that it can do, in a process with no other jars than its own.
;;
;;   java -cp … clojure.main walk.clj ENDPOINT ACCESS-KEY SECRET DB-NAME
;;
;; Prints one line of EDN a step: [step :ok], [step :absent] for what this client has not, or else what went wrong.
;; The database is to be a fresh one.

(ns walk
  (:require [clojure.core.async :refer [<!!]]
            [datomic.client.api :as d]
            [datomic.client.api.async :as async]
            [datomic.client.impl.shared :as shared]))

(defn report [step & outcome]
  (prn (into [step] outcome))
  (flush))

(defmacro expect
  "Reports whether a form yields what is expected."
  [step expected form]
  `(try
     (let [expected# ~expected
           got# ~form]
       (if (= expected# got#)
         (report ~step :ok)
         (report ~step :expected expected# :got got#)))
     (catch Throwable e#
       (report ~step :thrown (str e#) (pr-str (ex-data e#))))))

(defn api
  "A function of the API, nil where this client has none of that name."
  [name]
  (some-> (get (ns-publics 'datomic.client.api) name) deref))

(defmacro expect-of
  "As expect, for a function that some clients lack."
  [[f name] step expected form]
  `(if-let [~f (api '~name)]
     (expect ~step ~expected ~form)
     (report ~step :absent)))

(defn chunks
  "All that comes through a channel."
  [channel]
  (loop [taken []]
    (if-some [chunk (<!! channel)]
      (recur (conj taken chunk))
      taken)))

(defmacro anomaly
  "The category of the anomaly that a form throws."
  [form]
  `(try
     (let [value# ~form]
       [:no-anomaly (if (coll? value#) (into [] value#) value#)])
     (catch clojure.lang.ExceptionInfo e#
       (keyword (name (:cognitect.anomalies/category (ex-data e#) :none))))))

(defn attribute [ident type & more]
  (merge {:db/ident ident
          :db/valueType (keyword "db.type" (name type))
          :db/cardinality :db.cardinality/one}
         (apply hash-map more)))

(def schema
  [(attribute :movie/title :string :db/unique :db.unique/identity)
   (attribute :movie/year :long :db/index true)
   (attribute :movie/sequel :ref)
   (attribute :movie/tags :keyword :db/cardinality :db.cardinality/many)
   (attribute :row/n :long :db/index true)
   (attribute :some/string :string)
   (attribute :some/boolean :boolean)
   (attribute :some/long :long)
   (attribute :some/bigint :bigint)
   (attribute :some/float :float)
   (attribute :some/double :double)
   (attribute :some/bigdec :bigdec)
   (attribute :some/instant :instant)
   (attribute :some/uuid :uuid)
   (attribute :some/uri :uri)
   (attribute :some/bytes :bytes)
   (attribute :some/keyword :keyword)
   (attribute :some/symbol :symbol)
   (attribute :some/tuple :tuple :db/tupleTypes [:db.type/long :db.type/string])])

(def movies
  [{:db/id "goonies" :movie/title "The Goonies" :movie/year 1985 :movie/tags [:adventure :comedy]}
   {:movie/title "Commando" :movie/year 1985 :movie/tags #{:thriller} :movie/sequel "goonies"}
   {:movie/title "Repo Man" :movie/year 1984}])

(def values
  {:some/string "Grüße, 世界 \"🎬\"\n"
   :some/boolean false
   :some/long Long/MIN_VALUE
   :some/bigint 123456789012345678901234567890N
   :some/float (float 1.5)
   :some/double 2.25
   :some/bigdec 1234567890.0123456789M
   :some/instant #inst "1985-06-07T12:34:56.789-00:00"
   :some/uuid #uuid "5b2f0f0e-7c3c-4b8b-9d3e-0d0a3d1f6a11"
   :some/uri (java.net.URI. "https://example.org/a?b=c")
   :some/bytes (byte-array [1 2 -3])
   :some/keyword :a.b/c
   :some/symbol 'a.b/c
   :some/tuple [7 "seven"]})

(defn comparable
  "Clients read URIs as a class of Transit's, floats as doubles, and arrays equal nothing but themselves."
  [pulled]
  (-> (into {} pulled)
      (dissoc :db/id)
      (update :some/uri str)
      (update :some/float double)
      (update :some/bytes seq)))

(defn datoms [db & options]
  (into [] (d/datoms db (apply hash-map options))))

(def sends-four-components
  (= 4 (count (:eavt @#'shared/index->idxvec))))

(defn movie [db title]
  (:db/id (d/pull db [:db/id] [:movie/title title])))

(def title-query '[:find ?title :where [?e :movie/title ?title]])

(defn tx-of [report]
  (:tx (first (:tx-data report))))

(defn catalog [client db-name]
  (expect :list-databases true (boolean (some #{db-name} (d/list-databases client {}))))
  (expect :connect-to-nothing :not-found (anomaly (d/connect client {:db-name "nothing"}))))

(defn transactions [conn]
  (let [before (d/db conn)
        report (d/transact conn {:tx-data movies})
        goonies (get-in report [:tempids "goonies"])]
    (expect :tempids "The Goonies" (:movie/title (d/pull (:db-after report) [:movie/title] goonies)))
    (expect :tx-data #{"The Goonies" "Commando" "Repo Man"}
            (set (for [[_ _ value _ added] (:tx-data report) :when (and added (string? value))] value)))
    (expect :db-before (:t before) (:t (:db-before report)))
    (expect :db-before-holds-nothing [] (into [] (d/q title-query (:db-before report))))
    (expect :the-connection-advances (:t (:db-after report)) (:t (d/db conn)))
    (expect :an-old-db-stays 0 (count (d/q title-query before)))))

(defn value-types [conn]
  (let [report (d/transact conn {:tx-data [(assoc values :db/id "all")]})
        all (get-in report [:tempids "all"])]
    (expect :values-pulled (comparable values) (comparable (d/pull (d/db conn) '[*] all)))
    (doseq [[attribute value] (dissoc values :some/bytes :some/uri :some/float)]
      (expect [:value-queried attribute] [[value]]
              (into [] (d/q {:query '[:find ?v :in $ ?e ?a :where [?e ?a ?v]]
                             :args [(d/db conn) all attribute]}))))))

(defn queries [conn]
  (let [db (d/db conn)
        of-1985 #{["The Goonies"] ["Commando"]}]
    (expect :q of-1985 (set (d/q '[:find ?t :where [?e :movie/title ?t] [?e :movie/year 1985]] db)))
    (expect :q-of-a-map of-1985
            (set (d/q {:query '{:find [?t] :in [$ ?y] :where [[?e :movie/title ?t] [?e :movie/year ?y]]}
                       :args [db 1985]})))
    (expect :q-of-text of-1985
            (set (d/q "[:find ?t :in $ [?y ...] :where [?e :movie/title ?t] [?e :movie/year ?y]]" db [1985 1986])))
    (expect :q-of-a-relation #{["Repo Man" :punk]}
            (set (d/q '[:find ?t ?genre :in $ [[?y ?genre]] :where [?e :movie/title ?t] [?e :movie/year ?y]]
                      db [[1984 :punk] [1983 :none]])))
    (expect :q-of-rules #{["The Goonies"]}
            (set (d/q '[:find ?t :in $ % :where (followed ?e) [?e :movie/title ?t]]
                      db '[[(followed ?e) [_ :movie/sequel ?e]]])))
    (expect :q-of-sets #{["Repo Man"]}
            (set (d/q '[:find ?t :in $ ?years :where [?e :movie/title ?t] [?e :movie/year ?y]
                        [(contains? ?years ?y)]]
                      db #{1984})))
    (expect :q-aggregates [[3 1984]]
            (into [] (d/q '[:find (count ?e) (min ?y) :where [?e :movie/year ?y]] db)))
    (expect :q-pulls #{[{:movie/title "The Goonies" :movie/year 1985}]}
            (set (d/q '[:find (pull ?e [:movie/title :movie/year]) :where [_ :movie/sequel ?e]] db)))
    (expect :q-finds-nothing [] (into [] (d/q '[:find ?e :where [?e :movie/title "Nothing"]] db)))
    (expect-of [qseq qseq] :qseq of-1985
               (set (qseq '[:find ?t :where [?e :movie/title ?t] [?e :movie/year 1985]] db)))))

(defn pulls [conn]
  (let [db (d/db conn)]
    (expect :pull {:movie/title "Commando" :movie/sequel {:movie/title "The Goonies"} :movie/tags [:thriller]}
            (d/pull db {:selector [:movie/title :movie/tags {:movie/sequel [:movie/title]}]
                        :eid [:movie/title "Commando"]}))
    (expect :pull-back ["Commando"]
            (map :movie/title (:movie/_sequel (d/pull db '[{:movie/_sequel [:movie/title]}]
                                                      [:movie/title "The Goonies"]))))
    (expect :pull-nothing {} (d/pull db [:movie/title] 17592186999999))
    (expect-of [index-pull index-pull] :index-pull [1984 1985 1985]
               (map :movie/year (index-pull db {:index :avet :selector [:movie/year] :start [:movie/year]})))))

(defn indexes [conn]
  (let [db (d/db conn)
        commando (movie db "Commando")
        goonies (movie db "The Goonies")]
    (expect :datoms-eavt #{"Commando" 1985 :thriller goonies}
            (set (map :v (datoms db :index :eavt :components [commando]))))
    (expect :datoms-of-two-components ["Commando"]
            (map #(nth % 2) (datoms db :index :eavt :components [commando :movie/title])))
    (expect :datoms-of-three-components [commando]
            (map :e (datoms db :index :avet :components [:movie/year 1985 commando])))
    (expect :datoms-aevt 3 (count (datoms db :index :aevt :components [:movie/title])))
    (expect :datoms-vaet [commando] (map :e (datoms db :index :vaet :components [goonies :movie/sequel])))
    (expect :datoms-of-nothing [] (datoms db :index :avet :components [:movie/year 1900]))
    (expect :index-range [1984 1985 1985]
            (map :v (d/index-range db {:attrid :movie/year :start 1984 :end 1986})))
    (expect :index-range-open [1985 1985] (map :v (d/index-range db {:attrid :movie/year :start 1985})))
    (expect :db-stats true (pos? (:datoms (d/db-stats db))))))

;; Only the oldest clients send a fourth component, and in the place of the db's :t; the others leave it out.
(defn fourth-components [conn]
  (let [commando (movie (d/db conn) "Commando")
        change (fn [op] (d/transact conn {:tx-data [[op commando :movie/tags :muscles]]}))
        asserted (change :db/add)
        db (d/db conn)
        retracted (change :db/retract)
        again (change :db/add)
        exact (fn [db index components report & options]
                (map (juxt :tx :added)
                     (d/datoms db (merge {:index index :components (conj components (tx-of report))}
                                         (apply hash-map options)))))
        eav [commando :movie/tags :muscles]
        aev [:movie/tags commando :muscles]
        now (d/history (d/db conn))
        of (fn [report added] [(tx-of report) added])
        all [(of again true) (of retracted false) (of asserted true)]]
    (expect :four-components-of-history (if sends-four-components [(of retracted false)] all)
            (exact now :eavt eav retracted))
    (expect :four-components-of-another-index (if sends-four-components [(of asserted true)] all)
            (exact now :aevt aev asserted))
    (expect :four-components-of-an-old-db [(of asserted true)] (exact db :eavt eav asserted))
    (expect :four-components-of-a-transaction-to-come (if sends-four-components [] [(of asserted true)])
            (exact db :eavt eav again))
    (expect :four-components-as-of [(of asserted true)]
            (exact (d/as-of (d/db conn) (:t db)) :eavt eav asserted))
    (expect :four-components-with-options [] (exact db :eavt eav asserted :offset 1))
    (let [with (d/with (d/with-db conn) {:tx-data [[:db/retract commando :movie/tags :muscles]
                                                   [:db/add commando :movie/tags :speculation]]})]
      (expect :four-components-of-speculation [(of with true)]
              (exact (:db-after with) :eavt [commando :movie/tags :speculation] with)))))

(defn times [conn]
  (let [before (d/db conn)
        repo-man (movie before "Repo Man")
        year (fn [db] (:movie/year (d/pull db [:movie/year] repo-man)))
        years (fn [db] (set (map first (d/q {:query '[:find ?y :in $ ?e :where [?e :movie/year ?y]]
                                             :args [db repo-man]}))))
        report (d/transact conn {:tx-data [[:db/add repo-man :movie/year 1986]]})
        after (d/db conn)]
    (expect :an-old-db 1984 (year before))
    (expect :as-of-t 1984 (year (d/as-of after (:t before))))
    (expect :as-of-a-transaction 1986 (year (d/as-of after (tx-of report))))
    (expect :as-of-an-instant nil (year (d/as-of after #inst "2000-01-01")))
    (expect :since #{1986} (years (d/since after (:t before))))
    (expect :history #{1984 1986} (years (d/history after)))
    (expect :history-as-of #{1984} (years (d/history (d/as-of after (:t before)))))
    (expect :a-query-of-two-dbs [[1984 1986]]
            (into [] (d/q {:query '[:find ?y1 ?y2 :in $1 $2 ?e :where [$1 ?e :movie/year ?y1] [$2 ?e :movie/year ?y2]]
                           :args [before after repo-man]})))
    (expect :tx-range [(set (map :v (:tx-data report)))]
            (map #(set (map :v (:data %)))
                 (d/tx-range conn {:start (:t (:db-after report)) :end (inc (tx-of report))})))
    (expect :tx-range-to-the-end [(:t (:db-after report))]
            (map :t (d/tx-range conn {:start (tx-of report)})))
    (expect-of [sync sync] :sync #{1986}
               (let [other (sync conn (:t after))]
                 (years other)))
    (expect-of [sync sync] :four-components-after-sync [1986]
               (map :v (datoms (sync conn (:t after)) :index :eavt
                               :components [repo-man :movie/year 1986 (tx-of report)])))))

(defn speculation [conn]
  (let [db (d/db conn)
        titles (fn [db] (set (map first (d/q title-query db))))
        first-with (d/with (d/with-db conn) {:tx-data [{:db/id "new" :movie/title "Never Made" :movie/year 1985}]})
        second-with (d/with (:db-after first-with)
                      {:tx-data (into [[:db/retractEntity (get-in first-with [:tempids "new"])]
                                       {:movie/title "Not Made Either" :movie/year 1985}]
                                      (map #(array-map :row/n %) (range 20)))})
        after (:db-after second-with)]
    (expect :with true (contains? (titles (:db-after first-with)) "Never Made"))
    (expect :with-on-with ["Not Made Either"] (filter #(re-find #"Made" %) (titles after)))
    (expect :with-leaves-the-database (titles db) (titles (d/db conn)))
    (expect :with-and-pull {:movie/year 1985} (d/pull after [:movie/year] [:movie/title "Not Made Either"]))
    (expect :with-and-index-range (range 20) (map :v (d/index-range after {:attrid :row/n :chunk 7})))
    (expect :with-and-datoms (range 20) (map :v (datoms after :index :avet :components [:row/n] :chunk 7)))
    (expect :with-and-q-in-chunks (set (range 20))
            (set (map first (d/q {:query '[:find ?n :where [_ :row/n ?n]] :args [after] :chunk 7}))))))

(defn iteration [conn]
  (d/transact conn {:tx-data (map #(array-map :row/n %) (range 2500))})
  (let [db (d/db conn)
        query {:query '[:find ?n :where [_ :row/n ?n]] :args [db]}
        all (range 2500)
        rows (fn [options] (map first (d/q (merge query options))))]
    (expect :q-in-default-chunks all (sort (rows {})))
    (expect :q-in-chunks [700 700 700 400] (map count (chunks (async/q (assoc query :limit -1 :chunk 700)))))
    (expect :q-in-pages all (sort (mapcat #(rows {:offset % :limit 600 :chunk 250}) [0 600 1200 1800 2400])))
    (expect :q-within-a-limit 10 (count (rows {:limit 10})))
    (expect :q-beyond-the-end [] (rows {:offset 2500}))
    (expect :datoms-in-chunks [1000 1000 500]
            (map count (chunks (async/datoms db {:index :avet :components [:row/n] :limit -1}))))
    (expect :datoms-in-order all (map :v (datoms db :index :avet :components [:row/n] :limit -1 :chunk 999)))
    (expect :datoms-by-default 1000 (count (datoms db :index :avet :components [:row/n])))
    (expect :datoms-from-an-offset (range 2000 2100)
            (map :v (datoms db :index :avet :components [:row/n] :offset 2000 :limit 100 :chunk 30)))
    (expect :index-range-in-chunks (range 100 1700)
            (map :v (d/index-range db {:attrid :row/n :start 100 :end 1700 :limit -1 :chunk 500})))
    (expect :tx-range-in-chunks true
            (let [ts (map :t (d/tx-range conn {:chunk 2 :limit -1}))]
              (and (<= 8 (count ts)) (apply < ts))))
    (expect-of [qseq qseq] :qseq-in-chunks all (sort (map first (qseq (assoc query :limit -1 :chunk 900)))))
    (expect-of [index-pull index-pull] :index-pull-in-chunks (range 1999 -1 -1)
               (map :row/n (index-pull db {:index :avet :selector [:row/n] :start [:row/n 1999] :reverse true
                                           :limit -1 :chunk 700})))
    (expect :an-iteration-outlives-transactions [2500 2500]
            (let [channel (async/datoms db {:index :avet :components [:row/n] :limit -1 :chunk 400})
                  begun (<!! channel)]
              (d/transact conn {:tx-data [{:row/n 2500}]})
              (let [values (map :v (concat begun (apply concat (chunks channel))))]
                [(count values) (count (set values))])))))

(defn errors [client conn make-client]
  (let [db (d/db conn)]
    (expect :error-in-a-query :incorrect (anomaly (d/q '[:find ?e :where [?e :no/attribute]] db)))
    (expect :error-in-a-find-spec :incorrect (anomaly (d/q '[:find ?e . :where [?e :movie/title]] db)))
    (expect :error-in-a-pull :incorrect (anomaly (d/pull db '[(:movie/title :bad-option)] 0)))
    (expect :error-in-a-transaction :incorrect
            (anomaly (d/transact conn {:tx-data [[:db/add "x" :movie/year "a string"]]})))
    (expect :data-of-an-error :db.error/wrong-type-for-attribute
            (try (d/transact conn {:tx-data [[:db/add "x" :movie/year "a string"]]})
                 (catch clojure.lang.ExceptionInfo e (:db/error (ex-data e)))))
    (expect :error-in-a-channel [:cognitect.anomalies/incorrect]
            (map :cognitect.anomalies/category
                 (chunks (async/q {:query '[:find ?e :where [?e :no/attribute]] :args [db]}))))
    (expect :with-on-a-common-db :incorrect (anomaly (d/with db {:tx-data []})))
    (expect :a-timeout :interrupted
            (anomaly (d/q {:query '[:find (count ?a) :where [?a :row/n ?x] [?b :row/n ?y] [?c :row/n ?z]
                                    [(+ ?x ?y ?z) ?sum]]
                           :args [db]
                           :timeout 500})))
    (expect :a-wrong-secret :forbidden (anomaly (d/list-databases (make-client "wrong") {})))))

(defn -main [endpoint access-key secret db-name]
  (let [make-client (fn [secret] (d/client {:server-type :peer-server
                                            :endpoint endpoint
                                            :access-key access-key
                                            :secret secret
                                            :validate-hostnames false}))
        client (make-client secret)
        conn (d/connect client {:db-name db-name})]
    (catalog client db-name)
    (expect :schema true (pos? (count (:tx-data (d/transact conn {:tx-data schema})))))
    (transactions conn)
    (value-types conn)
    (queries conn)
    (pulls conn)
    (indexes conn)
    (fourth-components conn)
    (times conn)
    (speculation conn)
    (iteration conn)
    (errors client conn make-client)
    (report :end :ok)))

(try
  (apply -main *command-line-args*)
  (catch Throwable e
    (report :end :thrown (str e) (pr-str (ex-data e)))
    (.printStackTrace e))
  (finally
    (System/exit 0)))
