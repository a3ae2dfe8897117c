;; Hands tickets of one instance to the other: their types differ, though both come from one component.
(component
  (component $counter
    (type $ticket (resource (rep i32)))
    (core func $new (canon resource.new $ticket))
    (core module $make
      (import "handles" "new" (func $new (param i32) (result i32)))
      (func (export "make") (result i32) (call $new (i32.const 7))))
    (core instance $make (instantiate $make (with "handles" (instance (export "new" (func $new))))))
    (export $ticket-out "ticket" (type $ticket))
    (func $take (result (own $ticket-out)) (canon lift (core func $make "make")))
    (export "take" (func $take))
  )
  (instance $first (instantiate $counter))
  (instance $second (instantiate $counter))
  (component $pair
    (import "ticket" (type $ticket (sub resource)))
    (import "take" (func (result (own $ticket))))
  )
  (instance (instantiate $pair (with "ticket" (type $first "ticket")) (with "take" (func $second "take"))))
)
