;; Imports a tag, and a function that throws it; has a tag of its own that looks the same.
(module
  (import "host" "tag" (tag $theirs (param i32)))
  (import "host" "throw" (func $throw (param i32)))
  (tag $mine (param i32))
  (func (export "theirs") (param i32) (result i32)
    (block $caught (result i32)
      (try_table (catch $theirs $caught) (call $throw (local.get 0)))
      (unreachable)))
  (func (export "mine") (param i32) (result i32)
    (block $caught (result i32)
      (try_table (catch $mine $caught) (call $throw (local.get 0)))
      (unreachable))))
