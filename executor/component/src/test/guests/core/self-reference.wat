;; References of functions to themselves, which no segment declares: an export, a global and a table's elements do.
(module
  (func $exported (export "exported") (result i32) (ref.is_null (ref.func $exported)))
  (global funcref (ref.func $global))
  (func $global (result i32) (ref.is_null (ref.func $global)))
  (table 1 funcref)
  (elem (i32.const 0) $element)
  (func $element (result i32) (ref.is_null (ref.func $element)))
  (func (export "global") (result i32) (call $global))
  (func (export "element") (result i32) (call_indirect (result i32) (i32.const 0))))
