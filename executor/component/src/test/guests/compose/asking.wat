;; Asks an interface that a core module with component types exports, and a function by its plain name.
(component
  (import "test:decode/api@1.0.0" (instance $api (export "measure" (func (result u64)))))
  (import "seen" (func $seen (result u32)))
  (alias export $api "measure" (func $measure))
  (core func $measure' (canon lower (func $measure)))
  (core func $seen' (canon lower (func $seen)))
  (core module $main
    (import "" "measure" (func $measure (result i64)))
    (import "" "seen" (func $seen (result i32)))
    (func (export "ask") (result i64) (i64.add (call $measure) (i64.extend_i32_u (call $seen)))))
  (core instance $main (instantiate $main
    (with "" (instance (export "measure" (func $measure')) (export "seen" (func $seen'))))))
  (func (export "ask") (result u64) (canon lift (core func $main "ask"))))
