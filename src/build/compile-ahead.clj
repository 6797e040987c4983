;; Compiles to classes the Clojure sources that com.datomic:peer loads at start and that its dependencies ship
;; only as source. Run by the build with the application's class path; the argument is the target directory.
(let [directory (java.io.File. ^String (first *command-line-args*))]
  (.mkdirs directory)
  (binding [*compile-path* (.getPath directory)
            *warn-on-reflection* false]
    (compile 'clojure.core.specs.alpha)
    (compile 'clojure.core.async)))
(shutdown-agents)
