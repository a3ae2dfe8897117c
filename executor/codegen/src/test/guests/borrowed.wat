;; Accesses of a memory of another instance.
(module
  (import "memory" "memory" (memory 1 4096))
  (func (export "load8") (param i32) (result i32) (i32.load8_u (local.get 0)))
  (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
)
