;; One transaction by a published client, in a process with no other jars than its own.
;;
;;   java -cp … clojure.main transact.clj ENDPOINT ACCESS-KEY SECRET DB-NAME TEXT
;;
;; Prints a line of EDN: how many entities have the text as documentation in the db after the transaction that gave it to
;; one, or else what went wrong.

(ns transact
  (:require [datomic.client.api :as d]))

(try
  (let [[endpoint access-key secret db-name text] *command-line-args*
        client (d/client {:server-type :peer-server
                          :endpoint endpoint
                          :access-key access-key
                          :secret secret
                          :validate-hostnames false})
        conn (d/connect client {:db-name db-name})
        report (d/transact conn {:tx-data [{:db/doc text}]})]
    (prn (count (d/q {:query '[:find ?e :in $ ?text :where [?e :db/doc ?text]] :args [(:db-after report) text]}))))
  (catch Throwable e
    (prn (str e) (ex-data e)))
  (finally
    (System/exit 0)))
