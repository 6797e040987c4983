(ns escape.marks
  "What leaves a mark when it runs. That this namespace is loaded is a mark already, but only once.")

(def counter (atom 0))

(defn hit
  "Marks, and is true."
  [& _]
  (System/setProperty "escape.mark" "hit")
  true)

(defn data
  "Marks, and is transaction data."
  [& _]
  (hit)
  [])

(defmacro at-expansion
  "Marks when it is expanded."
  [& _]
  (hit))
