;; Blocks whose types' numbers begin like the short form of another: 64 like that of no values, 99 and 100 like references, 112 and 127
;; like one value.
(module
  ;; 0
  (type (func)) (type (func)) (type (func)) (type (func)) (type (func)) (type (func)) (type (func)) (type (func))
  (type (func)) (type (func)) (type (func)) (type (func)) (type (func)) (type (func)) (type (func)) (type (func))
  (type (func)) (type (func)) (type (func)) (type (func)) (type (func)) (type (func)) (type (func)) (type (func))
  (type (func)) (type (func)) (type (func)) (type (func)) (type (func)) (type (func)) (type (func)) (type (func))
  (type (func)) (type (func)) (type (func)) (type (func)) (type (func)) (type (func)) (type (func)) (type (func))
  (type (func)) (type (func)) (type (func)) (type (func)) (type (func)) (type (func)) (type (func)) (type (func))
  (type (func)) (type (func)) (type (func)) (type (func)) (type (func)) (type (func)) (type (func)) (type (func))
  (type (func)) (type (func)) (type (func)) (type (func)) (type (func)) (type (func)) (type (func)) (type (func))
  ;; 64
  (type (func (result i32)))
  ;; 65
  (type (func)) (type (func)) (type (func)) (type (func)) (type (func)) (type (func)) (type (func)) (type (func))
  (type (func)) (type (func)) (type (func)) (type (func)) (type (func)) (type (func)) (type (func)) (type (func))
  (type (func)) (type (func)) (type (func)) (type (func)) (type (func)) (type (func)) (type (func)) (type (func))
  (type (func)) (type (func)) (type (func)) (type (func)) (type (func)) (type (func)) (type (func)) (type (func))
  (type (func)) (type (func))
  ;; 99
  (type (func (param i32) (result i32)))
  ;; 100
  (type (func (param i32 i32) (result i32)))
  ;; 101
  (type (func)) (type (func)) (type (func)) (type (func)) (type (func)) (type (func)) (type (func)) (type (func))
  (type (func)) (type (func)) (type (func))
  ;; 112
  (type (func (param i32) (result f64)))
  ;; 113
  (type (func)) (type (func)) (type (func)) (type (func)) (type (func)) (type (func)) (type (func)) (type (func))
  (type (func)) (type (func)) (type (func)) (type (func)) (type (func)) (type (func))
  ;; 127
  (type (func (param i32) (result i32 i32)))
  (type $thrown (func (param i32)))
  (tag $t (type $thrown))
  (func (export "block") (result i32)
    (i32.const 3)
    (block (type 64) (br 0 (i32.const 5)))
    (return))
  (func (export "if") (param i32) (result i32)
    (i32.const 7)
    (if (type 99) (local.get 0) (then (i32.const 1) (i32.add)) (else (i32.const 2) (i32.mul))))
  (func (export "loop") (param i32) (result i32)
    (local $sum i32)
    (local.get 0)
    (i32.const 1)
    (loop (type 100)
      (i32.add)
      (local.set $sum (i32.add (local.get $sum)))
      (local.set 0 (i32.sub (local.get 0) (i32.const 1)))
      (br_if 0 (local.get 0) (i32.const 1) (local.get 0))
      (drop)
      (drop)
      (local.get $sum)))
  (func (export "real") (result i32)
    (i32.const 9)
    (block (type 112) (f64.convert_i32_s))
    (i32.trunc_f64_s))
  (func (export "try") (result i32)
    (block $caught (result i32)
      (i32.const 4)
      (try_table (type 127) (catch $t $caught) (throw $t (i32.add (i32.const 6))))
      (i32.mul))))
