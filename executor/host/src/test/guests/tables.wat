;; A guest that fills and copies the largest table that it may have, for ever.
;; Rebuild: wasm-tools parse tables.wat -o tables.wasm     (see deploy/examples/build.mjs for where wasm-tools is)
(component
  (import "wasi:http/types@0.2.12" (instance $types
    (export "incoming-request" (type (sub resource)))
    (export "response-outparam" (type (sub resource)))))
  (alias export $types "incoming-request" (type $request))
  (alias export $types "response-outparam" (type $outparam))
  (core module $code
    (table $functions 10 funcref)
    (table $others 10 funcref)
    (elem declare func $one)
    (func $one)
    (func (export "handle") (param i32 i32)
      (drop (table.grow $functions (ref.func $one) (i32.const 99000)))
      (drop (table.grow $others (ref.null func) (i32.const 99000)))
      (loop $again
        (table.fill $functions (i32.const 0) (ref.func $one) (table.size $functions))
        (table.copy $others $functions (i32.const 0) (i32.const 0) (table.size $others))
        (br $again))))
  (core instance $made (instantiate $code))
  (func $handle (param "request" (own $request)) (param "response-out" (own $outparam))
    (canon lift (core func $made "handle")))
  (instance $handler (export "handle" (func $handle)))
  (export "wasi:http/incoming-handler@0.2.12" (instance $handler)))
