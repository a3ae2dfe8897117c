;; Calls the host below a handler; throws, and catches what it throws.
(module
  (type $void (func))
  (import "host" "call" (func $host (param i32) (result i32)))
  (tag $tag (export "tag") (param i32))
  (func $again (param i32) (result i32)
    (if (result i32) (local.get 0)
      (then (call $again (i32.sub (local.get 0) (i32.const 1))))
      (else (call $host (i32.const 1)))))
  (func (export "guarded") (param i32) (result i32)
    (block $caught
      (try_table (catch_all $caught) (return (call $again (local.get 0)))))
    (i32.const -7))
  (func (export "throw") (param i32) (throw $tag (local.get 0)))
  (func (export "catch") (param i32) (result i32)
    (block $caught (result i32)
      (try_table (catch $tag $caught) (throw $tag (local.get 0)))
      (unreachable))))
