(ns yardstick
  "What our server is measured against: the obvious server for the Datomic client, as one would write it in an
  afternoon. Jetty, transit-clj and datomic.api in one process, one database in memory, the operations of the bench.
  It is neither crippled nor tuned.

  Arguments: access key, secret, name of the database. Prints its port when it is ready."
  (:require [clojure.java.io :as io]
            [cognitect.hmac-authn :as hmac]
            [cognitect.transit :as transit]
            [datomic.api :as d])
  (:import (datomic Database Datom)
           (java.io ByteArrayInputStream ByteArrayOutputStream)
           (java.nio ByteBuffer)
           (java.security KeyStore)
           (java.util UUID)
           (org.eclipse.jetty.http HttpField HttpHeader)
           (org.eclipse.jetty.server ConnectionFactory Handler$Abstract HttpConfiguration HttpConnectionFactory
                                     Request Response SecureRequestCustomizer Server ServerConnector)
           (org.eclipse.jetty.util Callback)
           (org.eclipse.jetty.util.ssl SslContextFactory$Server)))

(set! *warn-on-reflection* true)

(def media-type "application/transit+msgpack")

(def write-handlers
  {Datom (transit/write-handler
          "datom"
          (fn [^Datom datom] [(.e datom) (.a datom) (.v datom) (.tx datom) (.added datom)]))})

(defn decode [^bytes body]
  (transit/read (transit/reader (ByteArrayInputStream. body) :msgpack)))

(defn encode ^bytes [value]
  (let [out (ByteArrayOutputStream.)]
    (transit/write (transit/writer out :msgpack {:handlers write-handlers}) value)
    (.toByteArray out)))

;; Database values

(defn database-id [db]
  (.id ^Database db))

(defn descriptor [db]
  {:database-id (database-id db) :t (d/basis-t db) :next-t (d/next-t db)})

(defn db-value [conn {:keys [t as-of since history]}]
  (let [newest (d/db conn)]
    (cond-> (if (or (nil? t) (= t (d/basis-t newest))) newest (d/as-of newest t))
      as-of (d/as-of as-of)
      since (d/since since)
      history d/history)))

(defn query-arg [conn arg]
  (if (and (map? arg) (:database-id arg)) (db-value conn arg) arg))

;; Rows, chunk by chunk

(def iterations
  "The rows of unfinished iterations, by token."
  (atom {}))

(defn chunk-of [token rows offset chunk]
  (let [end (min (count rows) (+ offset chunk))
        data (subvec rows offset end)]
    (if (< end (count rows))
      {:data data :chunk chunk :next-token token :next-offset end}
      (do (swap! iterations dissoc token)
          {:data data}))))

(defn first-chunk [rows {:keys [offset limit chunk] :or {offset 0 limit 1000 chunk 1000}}]
  (let [rows (into [] (if (neg? limit) (drop offset) (comp (drop offset) (take limit))) rows)
        token (str (UUID/randomUUID))]
    (when (< chunk (count rows))
      (swap! iterations assoc token rows))
    (assoc (chunk-of token rows 0 chunk) :count (count rows))))

(defn next-chunk [{:keys [next-token offset chunk]}]
  (chunk-of next-token (get @iterations next-token) offset chunk))

;; Operations

(defn transact [conn {:keys [tx-data]}]
  (let [{:keys [db-before db-after tx-data tempids]} @(d/transact conn tx-data)]
    {:db-before (descriptor db-before)
     :db-after (descriptor db-after)
     :tx-data (vec tx-data)
     :tempids tempids
     :dbs [(descriptor db-after)]}))

(defn answer [{:keys [conn db-name]} {:keys [op] :as request}]
  (case op
    :datomic.catalog/list-dbs {:result [db-name]}
    :datomic.catalog/resolve-db {:database-id (database-id (d/db conn))}
    :status (descriptor (d/db conn))
    :transact (transact conn request)
    :q (first-chunk (apply d/q (:query request) (map #(query-arg conn %) (:args request))) request)
    :pull {:result (d/pull (db-value conn request) (:selector request) (:eid request))}
    :datoms (let [{:keys [index e a v]} request
                  order (get {:eavt [e a v] :aevt [a e v] :avet [a v e] :vaet [v a e]} index)
                  components (take-while some? order)]
              (first-chunk (apply d/datoms (db-value conn request) index components) request))
    :next (next-chunk request)
    {:cognitect.anomalies/category :cognitect.anomalies/unsupported
     :cognitect.anomalies/message (str "Unknown operation " op)}))

(defn answer-or-anomaly [system request]
  (try
    (answer system request)
    (catch Exception e
      {:cognitect.anomalies/category :cognitect.anomalies/incorrect
       :cognitect.anomalies/message (str e)})))

;; HTTP

(defn headers [^Request request]
  (into {} (map (fn [^HttpField field] [(.getLowerCaseName field) (.getValue field)])) (.getHeaders request)))

(defn signed? [request ^bytes body sign-params]
  (let [request {:request-method :post :uri "/" :headers (headers request) :body (ByteBuffer/wrap body)}]
    (nil? (hmac/verify-failure request sign-params))))

(defn respond [^Response response ^Callback callback status ^bytes body]
  (.setStatus response status)
  (doto (.getHeaders response)
    (.put HttpHeader/CONTENT_TYPE ^String media-type)
    (.put HttpHeader/CONTENT_LENGTH (long (alength body))))
  (.write response true (ByteBuffer/wrap body) callback))

(defn handler [system sign-params]
  (proxy [Handler$Abstract] []
    (handle [request response callback]
      (let [body (.readAllBytes (Request/asInputStream request))]
        (if (signed? request body sign-params)
          (let [reply (answer-or-anomaly system (decode body))]
            (respond response callback (if (:cognitect.anomalies/category reply) 400 200) (encode reply)))
          (respond response callback 403 (byte-array 0))))
      true)))

(defn ssl-context-factory
  "With the key whose certificate every client trusts."
  []
  (let [password "transactor"
        key-store (KeyStore/getInstance "JKS")]
    (with-open [in (io/input-stream (io/resource "datomic/transactor-key.jks"))]
      (.load key-store in (.toCharArray password)))
    (doto (SslContextFactory$Server.)
      (.setKeyStore key-store)
      (.setKeyManagerPassword password))))

(defn start ^Server [handler]
  (let [server (Server.)
        ;; The certificate is made out to no host.
        config (doto (HttpConfiguration.) (.addCustomizer (SecureRequestCustomizer. false)))
        connector (ServerConnector. server
                                    ^SslContextFactory$Server (ssl-context-factory)
                                    ^"[Lorg.eclipse.jetty.server.ConnectionFactory;"
                                    (into-array ConnectionFactory [(HttpConnectionFactory. config)]))]
    (.setHost connector "localhost")
    (.addConnector server connector)
    (.setHandler server ^Handler$Abstract handler)
    (doto server .start)))

(defn -main [access-key secret db-name]
  (let [uri (str "datomic:mem://" db-name)
        _ (d/create-database uri)
        server (start (handler {:conn (d/connect uri) :db-name db-name}
                               {:access-key-id access-key :secret secret :service "peer-server" :region "none"}))
        ^ServerConnector connector (first (.getConnectors server))]
    (println "Yardstick ready on port" (.getLocalPort connector))))

(apply -main *command-line-args*)
