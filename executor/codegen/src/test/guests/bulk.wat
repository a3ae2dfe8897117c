;; Operations on more memory than one piece.
(module
  (memory (export "memory") 96)
  (func (export "fill") (param i32 i32 i32) (memory.fill (local.get 0) (local.get 1) (local.get 2)))
  (func (export "copy") (param i32 i32 i32) (memory.copy (local.get 0) (local.get 1) (local.get 2)))
  (func (export "mark") (param $from i32) (param $count i32)
    (loop $next
      (i32.store (local.get $from) (i32.mul (local.get $from) (i32.const 0x9e3779b1)))
      (local.set $from (i32.add (local.get $from) (i32.const 4)))
      (br_if $next (local.tee $count (i32.sub (local.get $count) (i32.const 1)))))))
