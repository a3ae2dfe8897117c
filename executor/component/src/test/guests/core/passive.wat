;; Shares a memory with others and has a passive segment of its own.
(module
  (import "owner" "memory" (memory 1 4))
  (data $passive "this")
  (func (export "init") (param i32) (memory.init $passive (local.get 0) (i32.const 0) (i32.const 4))))
