;; Owns a table and a memory that other modules use; its type indices differ from theirs.
(module
  (type $i64 (func (param i64) (result i64)))
  (type $i32 (func (param i32) (result i32)))
  (table (export "table") 8 20 funcref)
  (memory (export "memory") 1 4)
  (global (export "counter") (mut i32) (i32.const 5))
  (func $inc (type $i32) (i32.add (local.get 0) (i32.const 1)))
  (func $neg (type $i64) (i64.sub (i64.const 0) (local.get 0)))
  (elem (i32.const 0) func $inc $neg)
  (func (export "call32") (param i32 i32) (result i32)
    (call_indirect (type $i32) (local.get 0) (local.get 1)))
  (func (export "counted") (result i32) (global.get 0))
  (func (export "size") (result i32) (table.size 0)))
