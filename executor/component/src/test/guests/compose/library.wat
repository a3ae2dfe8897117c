;; A library: a resource whose living objects are counted, functions over strings, and a look at its own host.
(component
  (import "test:host/sight@1.0.0" (instance $sight (export "look" (func (result u32)))))
  (alias export $sight "look" (func $look))

  (core module $cells
    (memory (export "memory") 1)
    (global $alive (export "alive") (mut i32) (i32.const 0))
    (global $top (mut i32) (i32.const 1024))
    (func (export "realloc") (param i32 i32 i32 i32) (result i32)
      (global.set $top (i32.add (global.get $top) (local.get 3)))
      (i32.sub (global.get $top) (local.get 3)))
    (func (export "drop") (param i32)
      (global.set $alive (i32.sub (global.get $alive) (i32.const 1)))))
  (core instance $cells (instantiate $cells))

  (alias core export $cells "drop" (core func $drop))
  (type $crate' (resource (rep i32) (dtor (func $drop))))
  (core func $new (canon resource.new $crate'))
  (core func $look' (canon lower (func $look)))

  (core module $main
    (import "cells" "memory" (memory 1))
    (import "cells" "alive" (global $alive (mut i32)))
    (import "handles" "new" (func $new (param i32) (result i32)))
    (import "sight" "look" (func $look (result i32)))
    (func (export "make") (param i32) (result i32)
      (global.set $alive (i32.add (global.get $alive) (i32.const 1)))
      (call $new (local.get 0)))
    (func (export "weight") (param i32) (result i32) (local.get 0))
    (func (export "count") (result i32) (global.get $alive))
    (func (export "seen") (result i32) (call $look))
    ;; Upper case in place.
    (func (export "shout") (param $at i32) (param $length i32) (result i32)
      (local $i i32) (local $c i32)
      (block $done
        (loop $next
          (br_if $done (i32.ge_u (local.get $i) (local.get $length)))
          (local.set $c (i32.load8_u (i32.add (local.get $at) (local.get $i))))
          (if (i32.and (i32.ge_u (local.get $c) (i32.const 97)) (i32.le_u (local.get $c) (i32.const 122)))
            (then (i32.store8 (i32.add (local.get $at) (local.get $i)) (i32.sub (local.get $c) (i32.const 32)))))
          (local.set $i (i32.add (local.get $i) (i32.const 1)))
          (br $next)))
      (i32.store (i32.const 8) (local.get $at))
      (i32.store (i32.const 12) (local.get $length))
      (i32.const 8)))
  (core instance $main (instantiate $main
    (with "cells" (instance $cells))
    (with "handles" (instance (export "new" (func $new))))
    (with "sight" (instance (export "look" (func $look'))))))

  (component $stock'
    (import "crate" (type $crate (sub resource)))
    (import "make" (func $make (param "grams" u32) (result (own $crate))))
    (import "weight" (func $weight (param "self" (borrow $crate)) (result u32)))
    (import "count" (func $count (result u32)))
    (export $out "crate" (type $crate))
    (export "[constructor]crate" (func $make) (func (param "grams" u32) (result (own $out))))
    (export "[method]crate.weight" (func $weight) (func (param "self" (borrow $out)) (result u32)))
    (export "count" (func $count)))
  (func $make (param "grams" u32) (result (own $crate')) (canon lift (core func $main "make")))
  (func $weight (param "self" (borrow $crate')) (result u32) (canon lift (core func $main "weight")))
  (func $count (result u32) (canon lift (core func $main "count")))
  (instance $stock (instantiate $stock'
    (with "crate" (type $crate')) (with "make" (func $make)) (with "weight" (func $weight)) (with "count" (func $count))))
  (export "test:library/stock@1.0.0" (instance $stock))

  (func $shout (param "text" string) (result string)
    (canon lift (core func $main "shout") (memory $cells "memory") (realloc (func $cells "realloc"))))
  (func $seen (result u32) (canon lift (core func $main "seen")))
  (instance $words (export "shout" (func $shout)) (export "seen" (func $seen)))
  (export "test:library/words@1.0.0" (instance $words))
  (export "other-words" (instance $words)))
