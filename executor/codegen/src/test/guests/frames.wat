;; Recursion with many locals, for whose frames there is no room for ever. Cut by small sizes, the locals are on the heap.
(module
  (func $down (export "down") (param i32) (result i32)
    (local i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64)
    (local.set 1 (i64.extend_i32_u (local.get 0)))
    (local.set 9 (i64.mul (local.get 1) (i64.const 3)))
    (block
      (br_if 0 (i32.eqz (local.get 0)))
      (local.set 16 (i64.extend_i32_s (call $down (i32.sub (local.get 0) (i32.const 1)))))
      (local.set 9 (i64.add (local.get 9) (local.get 16))))
    (i32.wrap_i64 (local.get 9))))
