;; Calls out while it starts.
(module
  (import "host" "tell" (func $tell (param i32)))
  (func $start (call $tell (i32.const 7)))
  (start $start))
