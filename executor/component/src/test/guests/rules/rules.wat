;; Each component is about one rule. The line before it says which; behind a bar stands part of the message of the refusal.

;; an imported function cannot return a borrow | cannot return a borrow
(component
  (import "r" (type $r (sub resource)))
  (import "f" (func (param "x" (own $r)) (result (borrow $r)))))
;; an imported function may lend an imported resource
(component
  (import "r" (type $r (sub resource)))
  (import "f" (func (param "x" (own $r)) (param "y" (borrow $r)) (result (own $r)))))
;; a nameless record cannot be imported in a function | give no name
(component
  (type $t (record (field "a" u32)))
  (import "f" (func (param "x" $t))))
;; a nameless variant cannot be imported in a function | give no name
(component
  (type $t (variant (case "a" u32)))
  (import "f" (func (param "x" $t))))
;; a nameless enum cannot be imported in a function | give no name
(component
  (type $t (enum "a"))
  (import "f" (func (param "x" (list $t)))))
;; nameless flags cannot be imported in a function | give no name
(component
  (type $t (flags "a"))
  (import "f" (func (result (option $t)))))
;; tuples, lists, options and results need no names
(component
  (type $t (tuple (list string) (option u8) (result u32 (error string))))
  (import "f" (func (param "x" $t) (result $t))))
;; a named record can be imported in a function
(component
  (type $t (record (field "a" u32)))
  (import "t" (type $n (eq $t)))
  (import "f" (func (param "x" $n))))
;; the name is that of the new type, not of the one it was made of | give no name
(component
  (type $t (record (field "a" u32)))
  (import "t" (type $n (eq $t)))
  (import "f" (func (param "x" $t))))
;; a named record must hold named types only | give no name
(component
  (type $inner (record (field "a" u32)))
  (type $outer (record (field "b" $inner)))
  (import "t" (type (eq $outer))))
;; a named record of named types
(component
  (type $inner (record (field "a" u32)))
  (import "i" (type $i (eq $inner)))
  (type $outer (record (field "b" $i)))
  (import "o" (type $o (eq $outer)))
  (import "f" (func (param "x" $o))))
;; an imported instance names what it exports
(component
  (import "i" (instance $i
    (type $t' (record (field "a" u32)))
    (export "t" (type $t (eq $t')))
    (export "f" (func (result $t)))))
  (alias export $i "t" (type $t))
  (import "g" (func (param "x" $t))))
;; an imported instance must name what its functions mention | give no name
(component
  (import "i" (instance $i
    (type $t (record (field "a" u32)))
    (export "f" (func (result $t))))))
;; an instance type that nobody imports may leave types nameless
(component
  (type (instance
    (type $t (record (field "a" u32)))
    (export "f" (func (result $t))))))
;; a component type must name what it imports | give no name
(component
  (type (component
    (type $t (record (field "a" u32)))
    (import "f" (func (result $t))))))
;; a component type must name what it exports | give no name
(component
  (type (component
    (type $t (record (field "a" u32)))
    (export "f" (func (result $t))))))
;; what was imported may be exported
(component
  (import "r" (type $r (sub resource)))
  (import "f" (func $f (param "x" (own $r))))
  (export "g" (func $f)))
;; a resource of its own must be exported before what mentions it | give no name
(component
  (type $r (resource (rep i32)))
  (core func $drop (canon resource.drop $r))
  (func $f (param "x" (own $r)) (canon lift (core func $drop)))
  (export "f" (func $f)))
;; it is the exported type that functions must mention | give no name
(component
  (type $r (resource (rep i32)))
  (core func $drop (canon resource.drop $r))
  (func $f (param "x" (own $r)) (canon lift (core func $drop)))
  (export "r" (type $r))
  (export "f" (func $f)))
;; functions of the exported type are exported
(component
  (type $r (resource (rep i32)))
  (core func $drop (canon resource.drop $r))
  (export $e "r" (type $r))
  (func $f (param "x" (own $e)) (canon lift (core func $drop)))
  (export "f" (func $f)))
;; a type ascribed to an export gives the names
(component
  (type $r (resource (rep i32)))
  (core func $drop (canon resource.drop $r))
  (func $f (param "x" (own $r)) (canon lift (core func $drop)))
  (export $e "r" (type $r))
  (export "f" (func $f) (func (param "x" (own $e)))))
;; an import cannot mention a resource of the component itself | give no name
(component
  (type $r (resource (rep i32)))
  (export $e "r" (type $r))
  (import "f" (func (param "x" (own $e)))))
;; an imported component cannot depend on a resource of the component itself | which the component itself makes
(component
  (type $r (resource (rep i32)))
  (import "c" (component
    (alias outer 1 $r (type $x))
    (export "t" (type (eq $x))))))
;; a record of a resource that is exported
(component
  (type $r' (resource (rep i32)))
  (export $r "r" (type $r'))
  (type $t' (record (field "a" (own $r))))
  (export $t "t" (type $t')))
;; a record of a resource that is not exported | give no name
(component
  (type $r (resource (rep i32)))
  (type $t (record (field "a" (own $r))))
  (export "t" (type $t)))
;; an export that hides what its resource is
(component
  (type $r (resource (rep i32)))
  (export $e "r" (type $r) (type (sub resource)))
  (core func (canon resource.drop $e)))
;; an export that hides what its resource is has no representation | only the component that defines a resource
(component
  (type $r (resource (rep i32)))
  (export $e "r" (type $r) (type (sub resource)))
  (core func (canon resource.rep $e)))
;; an exported type still has its representation
(component
  (type $r (resource (rep i32)))
  (export $e "r" (type $r))
  (core func (canon resource.rep $e))
  (core func (canon resource.new $e)))
;; an imported resource has no representation | only the component that defines a resource
(component
  (import "r" (type $r (sub resource)))
  (core func (canon resource.new $r)))
;; a resource of a child has no representation | only the component that defines a resource
(component
  (component $c (type $r (resource (rep i32))) (export "r" (type $r)))
  (instance $i (instantiate $c))
  (alias export $i "r" (type $r))
  (core func (canon resource.rep $r)))
;; every resource can be dropped
(component
  (component $c (type $r (resource (rep i32))) (export "r" (type $r)))
  (instance $i (instantiate $c))
  (alias export $i "r" (type $r))
  (core func (canon resource.drop $r)))
;; a destructor takes one i32 | a destructor takes one i32
(component
  (core module $m (func (export "d")))
  (core instance $i (instantiate $m))
  (type (resource (rep i32) (dtor (core func $i "d")))))
;; own needs a resource | is not a resource type
(component (type $t u32) (type (own $t)))
;; borrow needs a resource | is not a resource type
(component (type $t (func)) (type (borrow $t)))
;; drop needs a resource | is not a resource type
(component (type $t u32) (core func (canon resource.drop $t)))
;; a function cannot return a borrow inside of a list | cannot return a borrow
(component
  (import "r" (type $r (sub resource)))
  (type (func (result (list (borrow $r))))))
;; two instances of one component have different resources | expected, but it is
(component
  (component $c (type $r (resource (rep i32))) (export "r" (type $r)))
  (component $d
    (import "x" (instance $x (export "r" (type (sub resource)))))
    (alias export $x "r" (type $r))
    (import "y" (instance (alias outer 1 $r (type $q)) (export "r" (type (eq $q))))))
  (instance $i (instantiate $c))
  (instance $j (instantiate $c))
  (instance (instantiate $d (with "x" (instance $i)) (with "y" (instance $j)))))
;; one instance is the same resource twice
(component
  (component $c (type $r (resource (rep i32))) (export "r" (type $r)))
  (component $d
    (import "x" (instance $x (export "r" (type (sub resource)))))
    (alias export $x "r" (type $r))
    (import "y" (instance (alias outer 1 $r (type $q)) (export "r" (type (eq $q))))))
  (instance $i (instantiate $c))
  (instance (instantiate $d (with "x" (instance $i)) (with "y" (instance $i)))))
;; what a type argument is, later imports must agree with | expected, but it is
(component
  (import "a" (type $a (sub resource)))
  (import "b" (type $b (sub resource)))
  (import "f" (func $f (param "x" (own $b))))
  (component $c
    (import "r" (type $r (sub resource)))
    (import "f" (func (param "x" (own $r)))))
  (instance (instantiate $c (with "r" (type $a)) (with "f" (func $f)))))
;; exports of an instance mention what was given for its imports
(component
  (import "a" (type $a (sub resource)))
  (import "f" (func $f (param "x" (own $a))))
  (component $c
    (import "r" (type $r (sub resource)))
    (import "f" (func $f (param "x" (own $r))))
    (export "g" (func $f)))
  (instance $i (instantiate $c (with "r" (type $a)) (with "f" (func $f))))
  (export "h" (func $i "g")))
;; exports of an instance mention the records that were given for its imports
(component
  (type $t' (record (field "a" u32)))
  (import "t" (type $t (eq $t')))
  (import "f" (func $f (param "x" $t)))
  (component $c
    (type $t' (record (field "a" u32)))
    (import "t" (type $t (eq $t')))
    (import "f" (func $f (param "x" $t)))
    (export "g" (func $f)))
  (instance $i (instantiate $c (with "t" (type $t)) (with "f" (func $f))))
  (export "h" (func $i "g")))
;; a component within cannot use a resource around it | cannot use a resource
(component
  (type $r (resource (rep i32)))
  (component (alias outer 1 $r (type $x))))
;; nor a type that mentions one | cannot use a resource
(component
  (type $r (resource (rep i32)))
  (type $t (func (param "x" (own $r))))
  (component (alias outer 1 $t (type $x))))
;; a component type may mention a resource around it
(component
  (type $r (resource (rep i32)))
  (type (component
    (alias outer 1 $r (type $x))
    (export "f" (func (result u32))))))
;; a type that introduces its resource itself may be used within
(component
  (type $i (instance (export "r" (type (sub resource)))))
  (component
    (alias outer 1 $i (type $j))
    (import "i" (instance (type $j)))))
;; only what is defined already can be aliased | there is no type 0
(component
  (component (alias outer 1 0 (type)))
  (type u32))
;; an instance cannot be aliased from around | of an outer scope cannot be used
(component binary "\00asm\0d\00\01\00" "\05\03\01\01\00" "\04\0f\00asm\0d\00\01\00" "\06\05\01\05\02\01\00")
;; an alias must have the sort of the export | is not a func
(component
  (import "i" (instance $i (export "a" (component))))
  (alias export $i "a" (func)))
;; an instance type can alias types of its instances
(component
  (type (instance
    (export "i" (instance $i (export "t" (type (sub resource)))))
    (alias export $i "t" (type $t))
    (export "f" (func (param "x" (own $t)))))))
;; a component type can alias instances of its instances
(component
  (type (component
    (import "i" (instance $i (export "j" (instance $j (export "t" (type (sub resource)))))))
    (alias export $i "j" (instance $j))
    (alias export $j "t" (type $t))
    (import "f" (func (param "x" (own $t)))))))
;; a resource in a type must be introduced, not defined | cannot be defined inside a type
(component (type (instance (type (resource (rep i32))))))
;; an export must be defined | there is no func 0
(component (export "f" (func 0)))
;; a core function cannot be exported | cannot be handed from component to component
(component binary "\00asm\0d\00\01\00" "\0b\08\01\00\01f\00\00\00\00")
;; an ascribed type must be a supertype | expected, but
(component
  (import "f" (func $f (param "x" u32)))
  (export "g" (func $f) (func (param "x" u64))))
;; an ascribed instance type may leave exports out
(component
  (import "i" (instance $i (export "a" (func)) (export "b" (func))))
  (export "j" (instance $i) (instance (export "a" (func)))))
;; an ascribed instance type cannot add exports | 'b' is missing
(component
  (import "i" (instance $i (export "a" (func))))
  (export "j" (instance $i) (instance (export "a" (func)) (export "b" (func)))))
;; what an ascribed type leaves out is gone | has no export 'b'
(component
  (import "i" (instance $i (export "a" (func)) (export "b" (func))))
  (export $j "j" (instance $i) (instance (export "a" (func))))
  (alias export $j "b" (func)))
;; a component that imports less fits
(component
  (import "c" (component $c (export "f" (func))))
  (export "d" (component $c) (component (import "x" (func)) (export "f" (func)))))
;; a component that imports more does not fit | is missing
(component
  (import "c" (component $c (import "x" (func)) (export "f" (func))))
  (export "d" (component $c) (component (export "f" (func)))))
;; a component that exports more fits
(component
  (import "c" (component $c (export "f" (func)) (export "g" (func))))
  (export "d" (component $c) (component (export "f" (func)))))
;; a component that exports less does not fit | is missing
(component
  (import "c" (component $c (export "f" (func))))
  (export "d" (component $c) (component (export "f" (func)) (export "g" (func)))))
;; imports of components are compared the other way round
(component
  (import "c" (component $c (import "i" (instance (export "a" (func))))))
  (export "d" (component $c) (component (import "i" (instance (export "a" (func)) (export "b" (func)))))))
;; imports of components that ask for more do not fit | is missing
(component
  (import "c" (component $c (import "i" (instance (export "a" (func)) (export "b" (func))))))
  (export "d" (component $c) (component (import "i" (instance (export "a" (func)))))))
;; a component that makes a resource is one that exports a resource
(component
  (component $c (type $r (resource (rep i32))) (export "r" (type $r)))
  (component $d
    (import "c" (component $c (export "r" (type (sub resource)))))
    (instance (instantiate $c)))
  (instance (instantiate $d (with "c" (component $c)))))
;; an import must be given | is missing
(component
  (component $c (import "f" (func)))
  (instance (instantiate $c)))
;; an argument is given once | is given twice
(component
  (import "f" (func $f))
  (component $c (import "f" (func)))
  (instance (instantiate $c (with "f" (func $f)) (with "f" (func $f)))))
;; names of arguments are compared letter by letter | is missing
(component
  (import "f" (func $f))
  (component $c (import "f" (func)))
  (instance (instantiate $c (with "F" (func $f)))))
;; versions of arguments are compared letter by letter | is missing
(component
  (import "a:b/c@1.0.1" (func $f))
  (component $c (import "a:b/c@1.0.0" (func)))
  (instance (instantiate $c (with "a:b/c@1.0.1" (func $f)))))
;; an annotated name needs its resource before it | needs a resource
(component
  (import "[static]a.b" (func))
  (import "a" (type (sub resource))))
;; the resource of an annotated name is its own name, not another of the same resource | does not have the type
(component
  (import "a" (type $a (sub resource)))
  (import "b" (type $b (eq $a)))
  (import "[method]b.f" (func (param "self" (borrow $a)))))
;; a second name of a resource has methods of its own
(component
  (import "a" (type $a (sub resource)))
  (import "b" (type $b (eq $a)))
  (import "[method]b.f" (func (param "self" (borrow $b)))))
;; a method may take more
(component
  (import "a" (type $a (sub resource)))
  (import "[method]a.f" (func (param "self" (borrow $a)) (param "x" u32) (result u32))))
;; the first parameter of a method is self | does not have the type
(component
  (import "a" (type $a (sub resource)))
  (import "[method]a.f" (func (param "this" (borrow $a)))))
;; self is borrowed | does not have the type
(component
  (import "a" (type $a (sub resource)))
  (import "[method]a.f" (func (param "self" (own $a)))))
;; methods and statics share their names | conflicts with another
(component
  (import "a" (type $a (sub resource)))
  (import "[method]a.f" (func (param "self" (borrow $a))))
  (import "[static]a.f" (func)))
;; names differ in more than case | conflicts with another
(component
  (import "a" (type $a (sub resource)))
  (import "[static]a.f-g" (func))
  (import "[static]a.f-G" (func)))
;; methods of different resources share no names
(component
  (import "a" (type $a (sub resource)))
  (import "b" (type $b (sub resource)))
  (import "[method]a.f" (func (param "self" (borrow $a))))
  (import "[method]b.f" (func (param "self" (borrow $b)))))
;; a constructor is no plain name
(component
  (import "a" (type $a (sub resource)))
  (import "[constructor]a" (func (result (own $a))))
  (import "[static]a.b" (func)))
;; two constructors | conflicts with another
(component
  (import "a" (type $a (sub resource)))
  (import "[constructor]a" (func (result (own $a))))
  (import "[constructor]A" (func (result (own $a)))))
;; an annotation that does not exist | is not valid
(component
  (import "a" (type $a (sub resource)))
  (import "[getter]a.b" (func)))
;; imports and exports are different lists
(component
  (import "f" (func $f))
  (export "f" (func $f)))
;; an interface name with a version
(component (import "a:b/c@1.2.3-alpha.1+build.5" (func)))
;; a version of two numbers | is not valid
(component (import "a:b/c@1.2" (func)))
;; a version with a leading zero | is not valid
(component (import "a:b/c@01.2.3" (func)))
;; an empty version | is not valid
(component (import "a:b/c@" (func)))
;; a pre-release with a leading zero | is not valid
(component (import "a:b/c@1.2.3-01" (func)))
;; an interface name without an interface | is not valid
(component (import "a:b" (func)))
;; interface names of two versions do not conflict
(component (import "a:b/c@1.0.0" (func)) (import "a:b/c@1.0.1" (func)))
;; labels end with a letter or a digit | is not valid
(component (import "a-" (func)))
;; labels hold no underscores | is not valid
(component (import "a_b" (func)))
;; labels hold nothing beyond ASCII | is not valid
(component (import "é" (func)))
;; fragments behind the first may begin with a digit
(component (import "a-1b" (func)))
;; case labels are unique whatever their case | occurs twice
(component (type (variant (case "a-B") (case "A-b"))))
;; a list of fixed length has elements | at least one element
(component (type (list u8 0)))
;; a list of fixed length
(component (type (list u8 4)))
;; a value is smaller than 2^28 bytes | 2^28
(component (type (list u64 33554432)))
;; a value may be nearly 2^28 bytes
(component (type (list u64 33554431)))
;; pointers count eight bytes each | 2^28
(component (type (list string 16777216)))
;; a stream of borrows | cannot pass through
(component
  (import "r" (type $r (sub resource)))
  (type (stream (borrow $r))))
;; a future of borrows | cannot pass through
(component
  (import "r" (type $r (sub resource)))
  (type (future (option (borrow $r)))))
;; a stream of char | stream of char
(component (type (stream char)))
;; the option async needs an async function | needs an async function type
(component
  (import "f" (func $f))
  (core func (canon lower (func $f) async)))
;; an async function can be lowered synchronously
(component
  (import "f" (func $f async))
  (core func (canon lower (func $f))))
;; async is part of a function's type | one is async
(component
  (import "f" (func $f async))
  (component $c (import "f" (func)))
  (instance (instantiate $c (with "f" (func $f)))))
;; an async function that returns something lowers with memory | no memory is given
(component
  (import "f" (func $f async (result u32)))
  (core func (canon lower (func $f) async)))
;; a callback without async | callback belongs to
(component
  (core module $m (func (export "f")) (func (export "c") (param i32 i32 i32) (result i32) unreachable))
  (core instance $i (instantiate $m))
  (func async (canon lift (core func $i "f") (callback (core func $i "c")))))
;; a callback takes three i32 | the callback function must have type
(component
  (core module $m (func (export "f") (result i32) unreachable) (func (export "c")))
  (core instance $i (instantiate $m))
  (func async (canon lift (core func $i "f") async (callback (core func $i "c")))))
;; post-return with async | cannot be used with async
(component
  (core module $m (func (export "f") (result i32) unreachable) (func (export "p") (param i32))
    (func (export "c") (param i32 i32 i32) (result i32) unreachable))
  (core instance $i (instantiate $m))
  (func async (canon lift (core func $i "f") async (callback (core func $i "c")) (post-return (core func $i "p")))))
;; task.return takes no realloc | task.return takes no options
(component
  (core module $m (memory (export "m") 1) (func (export "r") (param i32 i32 i32 i32) (result i32) unreachable))
  (core instance $i (instantiate $m))
  (core func (canon task.return (result string) (memory (core memory $i "m")) (realloc (core func $i "r")))))
;; reading strings from a stream needs realloc | no realloc is given
(component
  (type $s (stream string))
  (core module $m (memory (export "m") 1))
  (core instance $i (instantiate $m))
  (core func (canon stream.read $s async (memory (core memory $i "m")))))
;; writing strings to a stream needs memory only
(component
  (type $s (stream string))
  (core module $m (memory (export "m") 1))
  (core instance $i (instantiate $m))
  (core func (canon stream.write $s async (memory (core memory $i "m")))))
;; reading from a stream needs memory | no memory is given
(component
  (type $s (stream u8))
  (core func (canon stream.read $s async)))
;; a stream without elements needs no memory
(component
  (type $s (stream))
  (core func (canon stream.read $s async)))
;; stream built-ins need a stream | is not a stream
(component (type $s (future u8)) (core func (canon stream.new $s)))
;; future built-ins need a future | is not a future
(component (type $s (stream u8)) (core func (canon future.new $s)))
;; there are two context slots | context slots
(component (core func (canon context.get i32 2)))
;; realloc needs memory | realloc is given without memory
(component
  (import "f" (func $f))
  (core module $m (func (export "r") (param i32 i32 i32 i32) (result i32) unreachable))
  (core instance $i (instantiate $m))
  (core func (canon lower (func $f) (realloc (core func $i "r")))))
;; seventeen parameters need memory | no memory is given
(component
  (type $t (tuple u8 u8 u8 u8 u8 u8 u8 u8 u8 u8 u8 u8 u8 u8 u8 u8 u8))
  (import "f" (func $f (param "x" $t)))
  (core func (canon lower (func $f))))
;; sixteen parameters need none
(component
  (type $t (tuple u8 u8 u8 u8 u8 u8 u8 u8 u8 u8 u8 u8 u8 u8 u8 u8))
  (import "f" (func $f (param "x" $t)))
  (core func (canon lower (func $f))))
;; a core module must be given what it imports as it imports it | imports
(component
  (core module $m (import "" "m" (memory 1 1)))
  (core module $n (memory (export "m") 1))
  (core instance $i (instantiate $n))
  (core instance (instantiate $m (with "" (instance $i)))))
;; a mutable global is no constant | imports
(component
  (core module $m (import "" "g" (global i32)))
  (core module $n (global (export "g") (mut i32) (i32.const 0)))
  (core instance $i (instantiate $n))
  (core instance (instantiate $m (with "" (instance $i)))))
;; a tag must have the same type | imports
(component
  (core module $m (import "" "t" (tag (param i32))))
  (core module $n (tag (export "t") (param i64)))
  (core instance $i (instantiate $n))
  (core instance (instantiate $m (with "" (instance $i)))))
;; exports of a core instance have different names | occurs twice
(component
  (core module $n (func (export "f")))
  (core instance $i (instantiate $n))
  (alias core export $i "f" (core func $f))
  (core instance (export "a" (func $f)) (export "a" (func $f))))
;; exports of an instance have different names | conflicts with another
(component
  (import "f" (func $f))
  (instance (export "a" (func $f)) (export "A" (func $f))))
;; a static function in an instance made from parts | needs a resource
(component
  (import "a" (type $a (sub resource)))
  (import "f" (func $f))
  (instance (export "a" (type $a)) (export "[static]a.f" (func $f))))
;; a module type sees only core types | there is no core type 0
(component (core type (module (alias outer 1 0 (type)))))
;; a module type sees its own types
(component (core type (module (type (func)) (alias outer 0 0 (type)) (export "f" (func (type 1))))))
;; a module type has limits in order | minimum must not be greater
(component (core type (module (import "" "t" (table 2 1 funcref)))))
;; a tag of a module type has no results | a tag has no results
(component (core type (module (import "" "t" (tag (result i32))))))
;; implements names an interface
(component (import "a" (implements "a:b/c@1.0.0") (instance)))
;; implements must name an interface | no name of an interface
(component (import "a" (implements "b") (instance)))
;; only an instance implements | it is no instance
(component (import "a" (implements "a:b/c") (func)))
;; only a plain name implements | no plain label
(component (import "d:e/f" (implements "a:b/c") (instance)))
;; two imports may implement one interface
(component (import "a" (implements "a:b/c") (instance)) (import "b" (implements "a:b/c") (instance)))
;; types of components are compared with their resources
(component
  (component $c (type (component (import "r" (type $r (sub resource))) (export "s" (type (eq $r))))))
  (type $t (component (import "r" (type $r (sub resource))) (export "s" (type (eq $r)))))
  (component $d
    (type $u (component (import "r" (type $r (sub resource))) (export "s" (type (eq $r)))))
    (import "t" (type (eq $u))))
  (instance (instantiate $d (with "t" (type $t)))))
;; types of instances are equal both ways only | is missing
(component
  (type $t (instance (export "a" (func)) (export "b" (func))))
  (component $d
    (type $u (instance (export "a" (func))))
    (import "t" (type (eq $u))))
  (instance (instantiate $d (with "t" (type $t)))))
