;; Leaves marks wherever an instance can, ends in every way, and looks at all that an instance can see of itself.
;; Rebuild: wasm-tools parse marks.wat -o marks.wasm     (see deploy/examples/build.mjs for where wasm-tools is)
;; and marks-large.wasm, whose memory is larger and has less data: the same of
;;   sed -e "s/first 2 64/first 3 64/" -e "s/131000) .near the end/140000) \"further/" marks.wat
(component
  (core module $code
    (type $answer (func (param i32) (result i32)))
    (memory $first 2 64)
    (memory $second 1 16)
    (table $functions 6 60 funcref)
    (global $word (mut i32) (i32.const 11))
    (global $other (mut i32) (i32.const 12))
    (global $third (mut i32) (i32.const 13))
    (global $fourth (mut i32) (i32.const 14))
    (global $fifth (mut i32) (i32.const 15))
    (global $shared (export "shared") (mut i32) (i32.const 16))
    (global $long (mut i64) (i64.const 17))
    (global $single (mut f32) (f32.const 1.5))
    (global $double (mut f64) (f64.const 2.5))
    (global $function (mut funcref) (ref.func $one))
    (tag $tag (param i32))
    (data (memory $first) (i32.const 1000) "what it begins with: aaaa")
    (data (memory $first) (i32.const 131000) "near the end")
    (data (memory $second) (i32.const 8) "the second")
    (data $passive "only when it is asked for")
    (elem (table $functions) (i32.const 1) func $one $two)
    (elem $later func $two $three $one)

    (func $one (type $answer) (i32.add (local.get 0) (i32.const 1)))
    (func $two (type $answer) (i32.mul (local.get 0) (i32.const 2)))
    (func $three (type $answer) (i32.sub (local.get 0) (i32.const 3)))

    ;; --- Looking ---
    (func $mix (param $hash i64) (param $value i64) (result i64)
      (i64.mul (i64.xor (i64.rotl (local.get $hash) (i64.const 23)) (local.get $value)) (i64.const 0x100000001b3)))
    ;; Every byte of a memory from its first to its last, eight at a time.
    (func $hash_first (result i64)
      (local $at i32) (local $end i32) (local $hash i64)
      (local.set $end (i32.shl (memory.size $first) (i32.const 16)))
      (local.set $hash (i64.extend_i32_u (local.get $end)))
      (loop $next
        (local.set $hash (call $mix (local.get $hash) (i64.load $first (local.get $at))))
        (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 8))) (local.get $end))))
      (local.get $hash))
    (func $hash_second (result i64)
      (local $at i32) (local $end i32) (local $hash i64)
      (local.set $end (i32.shl (memory.size $second) (i32.const 16)))
      (local.set $hash (i64.extend_i32_u (local.get $end)))
      (loop $next
        (local.set $hash (call $mix (local.get $hash) (i64.load $second (local.get $at))))
        (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 8))) (local.get $end))))
      (local.get $hash))
    ;; What each function of the table answers; nothing where there is none.
    (func $hash_table (result i64)
      (local $at i32) (local $hash i64)
      (local.set $hash (i64.extend_i32_u (table.size $functions)))
      (loop $next
        (local.set $hash (call $mix (local.get $hash)
          (if (result i64) (ref.is_null (table.get $functions (local.get $at)))
            (then (i64.const -1))
            (else (i64.extend_i32_u
              (call_indirect $functions (type $answer) (i32.const 100) (local.get $at)))))))
        (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 1))) (table.size $functions))))
      (local.get $hash))
    (func $hash_globals (result i64)
      (table.set $functions (i32.const 0) (global.get $function))
      (call $mix (call $mix (call $mix (call $mix (call $mix (call $mix (call $mix (call $mix (call $mix
        (i64.extend_i32_u (global.get $word))
        (i64.extend_i32_u (global.get $other))) (i64.extend_i32_u (global.get $third)))
        (i64.extend_i32_u (global.get $fourth))) (i64.extend_i32_u (global.get $fifth)))
        (i64.extend_i32_u (global.get $shared))) (global.get $long))
        (i64.extend_i32_u (i32.reinterpret_f32 (global.get $single))))
        (i64.reinterpret_f64 (global.get $double)))
        (i64.extend_i32_u (call_indirect $functions (type $answer) (i32.const 100) (i32.const 0)))))
    ;; The second half of the looks changes something: what is there after growth, and what segments hold.
    (func (export "look") (param $what i32) (result i64)
      (block $none (block $elements (block $data (block $grown_table (block $grown_second (block $grown
        (block $globals (block $table (block $second (block $first
          (br_table $first $second $table $globals $grown $grown_second $grown_table $data $elements $none
            (local.get $what)))
        (return (call $hash_first)))
        (return (call $hash_second)))
        (return (call $hash_table)))
        (return (call $hash_globals)))
        (drop (memory.grow $first (i32.const 7)))
        (return (call $hash_first)))
        (drop (memory.grow $second (i32.const 1)))
        (return (call $hash_second)))
        (drop (table.grow $functions (ref.null func) (i32.const 11)))
        (return (call $hash_table)))
        (memory.init $first $passive (i32.const 64) (i32.const 0) (i32.const 25))
        (return (call $hash_first)))
        (table.init $functions $later (i32.const 3) (i32.const 0) (i32.const 3))
        (return (call $hash_table)))
      (i64.const 0))

    ;; --- Leaving marks ---
    (func $fill_first (memory.fill $first (i32.const 0) (i32.const 0xaa) (i32.shl (memory.size $first) (i32.const 16))))
    (func $grow_first (param i32) (drop (memory.grow $first (local.get 0))) (call $fill_first))
    (func $mark_second
      (drop (memory.grow $second (i32.const 2)))
      (memory.fill $second (i32.const 0) (i32.const 0xbb) (i32.shl (memory.size $second) (i32.const 16))))
    (func $mark_table
      (drop (table.grow $functions (ref.func $three) (i32.const 13)))
      (table.fill $functions (i32.const 0) (ref.func $three) (i32.const 6))
      (table.set $functions (i32.const 2) (ref.null func)))
    (func $mark_globals
      (global.set $word (i32.const -1)) (global.set $other (i32.const -2)) (global.set $third (i32.const -3))
      (global.set $fourth (i32.const -4)) (global.set $fifth (i32.const -5)) (global.set $shared (i32.const -6))
      (global.set $long (i64.const -7)) (global.set $single (f32.const -8)) (global.set $double (f64.const -9))
      (global.set $function (ref.func $three)))
    (func $drop_segments (data.drop $passive) (elem.drop $later))
    (func $last_byte
      (i32.store8 $first (i32.sub (i32.shl (memory.size $first) (i32.const 16)) (i32.const 1)) (i32.const 1)))
    (func (export "mark") (param $how i32)
      (block $all (block $segments (block $globals (block $table (block $second (block $most (block $far (block $grown
        (block $last (block $filled
          (br_table $filled $last $grown $far $most $second $table $globals $segments $all (local.get $how)))
        (call $fill_first) (return))
        (call $last_byte) (return))
        (call $grow_first (i32.const 3)) (return))
        (call $grow_first (i32.const 17)) (return))
        (call $grow_first (i32.const 62)) (return))
        (call $mark_second) (return))
        (call $mark_table) (return))
        (call $mark_globals) (return))
        (call $drop_segments) (return))
      (call $grow_first (i32.const 9))
      (call $mark_second) (call $mark_table) (call $mark_globals) (call $drop_segments))

    ;; --- Ending ---
    (func $deeper (param i32) (result i32)
      (i32.add (call $deeper (i32.add (local.get 0) (i32.const 1))) (local.get 0)))
    (func (export "end") (param $how i32)
      (block $exception (block $overflow (block $loop (block $divided (block $outside (block $memory (block $trap
        (block $returned
          (br_table $returned $trap $memory $outside $divided $loop $overflow $exception (local.get $how)))
        (return))
        (unreachable))
        ;; All that can be had, and then one more.
        (loop $more (br_if $more (i32.ge_s (memory.grow $first (i32.const 1)) (i32.const 0))))
        (call $fill_first)
        (drop (i32.load $first (i32.shl (memory.size $first) (i32.const 16)))) (return))
        (i32.store $first (i32.const -4) (i32.const 1)) (return))
        (drop (i32.div_u (i32.const 1) (i32.and (i32.load $first (i32.const 100)) (i32.const 0)))) (unreachable))
        (loop $for_ever (br $for_ever)))
        (drop (call $deeper (i32.const 0))) (return))
      (throw $tag (i32.const 1))))
  (core instance $made (instantiate $code))
  (func (export "look") (param "what" u32) (result u64) (canon lift (core func $made "look")))
  (func (export "mark") (param "how" u32) (canon lift (core func $made "mark")))
  (func (export "end") (param "how" u32) (canon lift (core func $made "end"))))
