;; Exports what a core module with component types imports: a resource with a constructor and a method.
(component
  (core module $cells
    (global $dropped (export "dropped") (mut i32) (i32.const 0))
    (func (export "drop") (param i32) (global.set $dropped (i32.add (global.get $dropped) (i32.const 1)))))
  (core instance $cells (instantiate $cells))
  (alias core export $cells "drop" (core func $drop))
  (type $timer' (resource (rep i32) (dtor (func $drop))))
  (core func $new (canon resource.new $timer'))
  (core module $main
    (import "handles" "new" (func $new (param i32) (result i32)))
    (func (export "make") (result i32) (call $new (i32.const 33)))
    (func (export "elapsed") (param i32) (result i64) (i64.extend_i32_u (local.get 0))))
  (core instance $main (instantiate $main (with "handles" (instance (export "new" (func $new))))))
  (component $clock'
    (import "timer" (type $timer (sub resource)))
    (import "make" (func $make (result (own $timer))))
    (import "elapsed" (func $elapsed (param "self" (borrow $timer)) (result u64)))
    (export $out "timer" (type $timer))
    (export "[constructor]timer" (func $make) (func (result (own $out))))
    (export "[method]timer.elapsed" (func $elapsed) (func (param "self" (borrow $out)) (result u64))))
  (func $make (result (own $timer')) (canon lift (core func $main "make")))
  (func $elapsed (param "self" (borrow $timer')) (result u64) (canon lift (core func $main "elapsed")))
  (instance $clock (instantiate $clock'
    (with "timer" (type $timer')) (with "make" (func $make)) (with "elapsed" (func $elapsed))))
  (export "test:decode/clock@1.0.0" (instance $clock)))
