;; Values in and out of a guest: spilled parameters, out-pointers, strings, and a realloc that can misbehave.
(module
  (import "host" "sum" (func $sum (param i32) (result i64)))
  (import "host" "pair" (func $pair (param i32)))
  (import "host" "shout" (func $shout (param i32 i32 i32)))
  (import "host" "tell" (func $tell (param i32)))
  (memory (export "memory") 1)
  (global $next (mut i32) (i32.const 1024))
  (global $mode (mut i32) (i32.const 0))
  (global $reallocs (mut i32) (i32.const 0))
  (global $posts (mut i32) (i32.const 0))
  (global $posted (mut i32) (i32.const 0))

  ;; 0 well, 1 misaligned, 2 out of bounds, 3 calls an import, 4 traps, 5 grows memory each time and never reuses
  (func (export "mode") (param i32) (global.set $mode (local.get 0)))

  (func $realloc (export "realloc") (param $old i32) (param $old_size i32) (param $align i32) (param $size i32) (result i32)
    (local $at i32)
    (global.set $reallocs (i32.add (global.get $reallocs) (i32.const 1)))
    (if (i32.eq (global.get $mode) (i32.const 1)) (then (return (i32.const 1025))))
    (if (i32.eq (global.get $mode) (i32.const 2)) (then (return (i32.const 0x7ffffff0))))
    (if (i32.eq (global.get $mode) (i32.const 3)) (then (call $tell (i32.const 1))))
    (if (i32.eq (global.get $mode) (i32.const 4)) (then (unreachable)))
    (if (i32.eq (global.get $mode) (i32.const 5)) (then
      (global.set $next (i32.mul (memory.grow (i32.const 1)) (i32.const 65536)))))
    (local.set $at (i32.and
      (i32.add (global.get $next) (i32.sub (local.get $align) (i32.const 1)))
      (i32.sub (i32.const 0) (local.get $align))))
    (global.set $next (i32.add (local.get $at) (local.get $size)))
    (if (i32.gt_u (global.get $next) (i32.mul (memory.size) (i32.const 65536))) (then
      (drop (memory.grow (i32.add (i32.div_u (local.get $size) (i32.const 65536)) (i32.const 1))))))
    (if (i32.lt_u (local.get $old_size) (local.get $size))
      (then (memory.copy (local.get $at) (local.get $old) (local.get $old_size)))
      (else (memory.copy (local.get $at) (local.get $old) (local.get $size))))
    (local.get $at))

  (func (export "reallocs") (result i32) (global.get $reallocs))
  (func (export "posts") (result i32) (global.get $posts))
  (func (export "posted") (result i32) (global.get $posted))
  (func (export "post") (param i32)
    (global.set $posts (i32.add (global.get $posts) (i32.const 1)))
    (global.set $posted (local.get 0)))
  (func (export "post-calling-out") (param i32) (call $tell (i32.const 2)))

  ;; seventeen u64 in memory; asks the host for their sum and adds the last once more
  (func (export "sum") (param $at i32) (result i64)
    (i64.add (call $sum (local.get $at)) (i64.load offset=128 (local.get $at))))
  (func (export "pair") (result i32) (call $pair (i32.const 64)) (i32.const 64))
  (func (export "shout") (param $at i32) (param $length i32) (result i32)
    (call $shout (local.get $at) (local.get $length) (i32.const 80)) (i32.const 80))
  (func (export "length") (param $at i32) (param $length i32) (result i32) (local.get $length))
  (func (export "address") (param $at i32) (param $length i32) (result i32) (local.get $at))
  (func (export "tell") (param i32) (call $tell (local.get 0)))
  (func (export "raw") (param i32) (result i32) (local.get 0))
  ;; a list of 100000 strings of 60000 bytes, all of them the same bytes
  (func (export "amplified") (result i32) (local $i i32) (local $at i32)
    (drop (memory.grow (i32.const 16)))
    (local.set $at (i32.const 131072))
    (loop $again
      (i32.store (local.get $at) (i32.const 16))
      (i32.store offset=4 (local.get $at) (i32.const 60000))
      (local.set $at (i32.add (local.get $at) (i32.const 8)))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $again (i32.lt_u (local.get $i) (i32.const 100000))))
    (i32.store (i32.const 0) (i32.const 131072))
    (i32.store (i32.const 4) (i32.const 100000))
    (i32.const 0))
  (func (export "trap") (unreachable)))
