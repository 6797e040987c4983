(ns escape.loaded)
(escape.marks/hit)
