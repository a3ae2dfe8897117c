;; A component twice instantiated, whose resources differ each time; a host's interface; aliases of every kind.
(component
  (import "test:decode/clock@1.0.0" (instance $clock
    (export "timer" (type $timer (sub resource)))
    (export "[constructor]timer" (func (result (own $timer))))
    (export "[method]timer.elapsed" (func (param "self" (borrow $timer)) (result u64)))
  ))
  (alias export $clock "timer" (type $timer))

  ;; A module that both nested components use through an outer alias.
  (core module $cells
    (memory (export "memory") 1)
    (global $next (mut i32) (i32.const 0))
    (func (export "next") (result i32)
      (global.set $next (i32.add (global.get $next) (i32.const 1)))
      (global.get $next))
    (func (export "drop") (param i32)))

  (component $counter
    (alias outer 1 $cells (core module $cells))
    (core instance $cells (instantiate $cells))
    (alias core export $cells "drop" (core func $drop))
    (type $ticket (resource (rep i32) (dtor (func $drop))))
    (core func $new (canon resource.new $ticket))
    (core func $rep (canon resource.rep $ticket))
    (core module $make
      (import "cells" "next" (func $next (result i32)))
      (import "handles" "new" (func $new (param i32) (result i32)))
      (func (export "make") (result i32) (call $new (call $next))))
    (core instance $make (instantiate $make
      (with "cells" (instance $cells))
      (with "handles" (instance (export "new" (func $new)) (export "rep" (func $rep))))))
    (core module $read
      (func (export "read") (param i32) (result i32) (local.get 0)))
    (core instance $read (instantiate $read))
    (export $ticket-out "ticket" (type $ticket))
    (func $take (result (own $ticket-out)) (canon lift (core func $make "make")))
    (func $number (param "self" (borrow $ticket-out)) (result u32) (canon lift (core func $read "read")))
    (export "[static]ticket.take" (func $take))
    (export "[method]ticket.number" (func $number))
  )
  (instance $first (instantiate $counter))
  (instance $second (instantiate $counter))

  ;; Takes tickets of one of them.
  (component $desk
    (import "counter" (instance $counter
      (export "ticket" (type $ticket (sub resource)))
      (export "[static]ticket.take" (func (result (own $ticket))))
      (export "[method]ticket.number" (func (param "self" (borrow $ticket)) (result u32)))))
    (alias export $counter "ticket" (type $ticket))
    (core func $take (canon lower (func $counter "[static]ticket.take")))
    (core func $number (canon lower (func $counter "[method]ticket.number")))
    (core func $drop (canon resource.drop $ticket))
    (core module $serve
      (import "counter" "take" (func $take (result i32)))
      (import "counter" "number" (func $number (param i32) (result i32)))
      (import "counter" "drop" (func $drop (param i32)))
      (func (export "serve") (result i32)
        (local $ticket i32) (local $number i32)
        (local.set $ticket (call $take))
        (local.set $number (call $number (local.get $ticket)))
        (call $drop (local.get $ticket))
        (local.get $number)))
    (core instance $serve (instantiate $serve (with "counter" (instance
      (export "take" (func $take)) (export "number" (func $number)) (export "drop" (func $drop))))))
    (func $serve-func (result u32) (canon lift (core func $serve "serve")))
    (export "serve" (func $serve-func))
  )
  (instance $desk-one (instantiate $desk (with "counter" (instance $first))))
  (instance $desk-two (instantiate $desk (with "counter" (instance $second))))

  ;; Measures with the host's clock.
  (core func $new-timer (canon lower (func $clock "[constructor]timer")))
  (core func $elapsed (canon lower (func $clock "[method]timer.elapsed")))
  (core func $drop-timer (canon resource.drop $timer))
  (core module $measure
    (import "clock" "new" (func $new (result i32)))
    (import "clock" "elapsed" (func $elapsed (param i32) (result i64)))
    (import "clock" "drop" (func $drop (param i32)))
    (func (export "measure") (result i64)
      (local $timer i32) (local $elapsed i64)
      (local.set $timer (call $new))
      (local.set $elapsed (call $elapsed (local.get $timer)))
      (call $drop (local.get $timer))
      (local.get $elapsed)))
  (core instance $measure (instantiate $measure (with "clock" (instance
    (export "new" (func $new-timer)) (export "elapsed" (func $elapsed)) (export "drop" (func $drop-timer))))))
  (func $measure-func (result u64) (canon lift (core func $measure "measure")))

  (export "serve-one" (func $desk-one "serve"))
  (export "serve-two" (func $desk-two "serve"))
  (export "measure" (func $measure-func))
  (instance $api (export "serve" (func $desk-one "serve")) (export "measure" (func $measure-func)))
  (export "test:decode/api@1.0.0" (instance $api))
)
