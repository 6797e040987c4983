;; One published client under many threads, before and after a pause that is longer than the server keeps a connection.
;;
;;   java -cp … clojure.main endure.clj ENDPOINT ACCESS-KEY SECRET DB-NAME PAUSE-MS
;;
;; Prints a line of EDN for each round: how many calls went well and how many entities there are. The database is to be a
;; fresh one.

(ns endure
  (:require [datomic.client.api :as d]))

(def threads 8)
(def calls 50)

(def ids '[:find ?id :where [_ :endure/id ?id]])

(defn call
  "One call by one thread; whether it answered what it should."
  [conn id n]
  (let [new-id (str id "/" n)
        look-up [:endure/id (str id "/" (- n (mod n 4)))]]
    (case (int (mod n 4))
      0 (let [report (d/transact conn {:tx-data [{:db/id "new" :endure/id new-id}]})]
          (some? (get-in report [:tempids "new"])))
      1 (contains? (set (d/q {:query ids :args [(d/db conn)] :limit -1})) [(second look-up)])
      2 (= (second look-up) (:endure/id (d/pull (d/db conn) [:endure/id] look-up)))
      3 (= 1 (count (into [] (d/datoms (d/db conn) {:index :avet :components look-up})))))))

(defn round
  "All threads at once."
  [conn label calls]
  (let [work (mapv (fn [thread]
                     (future (count (filter true? (mapv #(call conn (str label thread) %) (range calls))))))
                   (range threads))
        well (reduce + (mapv deref work))]
    (prn [label well (count (into [] (d/q {:query ids :args [(d/db conn)] :limit -1})))])))

(try
  (let [[endpoint access-key secret db-name pause-ms] *command-line-args*
        client (d/client {:server-type :peer-server
                          :endpoint endpoint
                          :access-key access-key
                          :secret secret
                          :validate-hostnames false})
        conn (d/connect client {:db-name db-name})]
    (d/transact conn {:tx-data [{:db/ident :endure/id
                                 :db/valueType :db.type/string
                                 :db/cardinality :db.cardinality/one
                                 :db/unique :db.unique/identity}]})
    (round conn :busy calls)
    (Thread/sleep (Long/parseLong pause-ms))
    (round conn :again 4))
  (catch Throwable e
    (prn (str e) (ex-data (or (.getCause e) e))))
  (finally
    (System/exit 0)))
