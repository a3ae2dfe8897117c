;; More memory and table from the start than a small limit allows.
(module (memory (export "memory") 4) (table (export "table") 100 funcref))
