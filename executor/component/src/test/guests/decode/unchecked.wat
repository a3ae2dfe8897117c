;; Lifts a core function whose signature is not that of the component function.
(component
  (core module $m (func (export "f") (param i32 i32) (result i32) (i32.const 0)))
  (core instance $m (instantiate $m))
  (func (param "n" u64) (result u32) (canon lift (core func $m "f")))
)
