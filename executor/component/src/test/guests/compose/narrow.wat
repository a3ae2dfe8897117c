;; Exports the library's names with other types.
(component
  (core module $main
    (func (export "number") (param i32) (result i32) (local.get 0))
    (func (export "seen") (result i32) (i32.const 9)))
  (core instance $main (instantiate $main))
  (func $shout (param "text" u32) (result u32) (canon lift (core func $main "number")))
  (func $seen (result u32) (canon lift (core func $main "seen")))
  (instance $words (export "shout" (func $shout)) (export "seen" (func $seen)))
  (export "test:library/words@1.0.0" (instance $words))
  (instance $stock (export "count" (func $seen)))
  (export "test:library/stock@1.0.0" (instance $stock))
  (export "plain" (func $seen)))
