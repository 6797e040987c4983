(escape.marks/hit)
