;; A small interpreter: a loop around a table of branches, blocks with parameters and results, values below a loop.
(module
  (memory (export "memory") 1)
  (type $op (func (param i32) (result i32)))
  (table funcref (elem $twice $more))
  (func $twice (param i32) (result i32) (i32.shl (local.get 0) (i32.const 1)))
  (func $more (param i32) (result i32) (i32.add (local.get 0) (i32.const 3)))
  (func (export "run") (param $seed i32) (param $steps i32) (result i32)
    (local $a i32) (local $b i64) (local $c f64)
    (local.set $a (local.get $seed))
    i32.const 1000
    (block $out (result i32)
      (loop $next
        (br_if $out (local.get $a) (i32.eqz (local.get $steps)))
        drop
        (local.set $steps (i32.sub (local.get $steps) (i32.const 1)))
        (block $three (block $two (block $one (block $zero
          (br_table $zero $one $two $three (i32.and (local.get $a) (i32.const 3))))
          (local.set $a (call_indirect (type $op) (local.get $a) (i32.const 0)))
          (br $next))
          (local.set $b (i64.add (local.get $b) (i64.extend_i32_u (local.get $a))))
          (local.set $a (i32.add (i32.wrap_i64 (local.get $b)) (i32.const 7)))
          (br $next))
          (i32.const 5) (local.get $a)
          (block (param i32 i32) (result i32) i32.add)
          local.set $a
          (local.set $c (f64.add (local.get $c) (f64.convert_i32_s (local.get $a))))
          (i64.store offset=8 (i32.and (local.get $a) (i32.const 1023)) (local.get $b))
          (br $next))
        (if (result i32) (i32.lt_s (local.get $a) (i32.const 100000))
          (then (call_indirect (type $op) (local.get $a) (i32.const 1)))
          (else (i32.shr_u (local.get $a) (i32.const 5))))
        local.set $a
        (br_if $out (i32.const -1) (i32.eq (local.get $a) (i32.const 0x7fffffff)))
        drop
        (br $next))
      unreachable)
    (i32.trunc_sat_f64_s (local.get $c))
    i32.xor
    i32.add))
