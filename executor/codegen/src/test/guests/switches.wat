;; Loops that begin with a switch over a local that is only set to constants, and a switch with many cases.
(module
  (memory (export "memory") 1)
  ;; Steps of a machine whose next state each state names: sums what the input leads it through.
  (func (export "resume") (param $n i32) (result i32)
    (local $state i32) (local $sum i32)
    (loop $again
      (block $four (block $three (block $two (block $one (block $zero
        local.get $state
        br_table $zero $one $two $three $four)
        ;; zero
        (if (i32.eqz (local.get $n)) (then (local.set $state (i32.const 3)) (br $again)))
        (if (i32.and (local.get $n) (i32.const 1)) (then (local.set $state (i32.const 1)) (br $again)))
        (local.set $state (i32.const 2))
        (br $again))
        ;; one, which falls into two
        (local.set $sum (i32.add (i32.mul (local.get $sum) (i32.const 31)) (local.get $n))))
        ;; two
        (local.set $sum (i32.add (local.get $sum) (i32.const 7)))
        (local.set $n (i32.shr_u (local.get $n) (i32.const 1)))
        (local.set $state (i32.const 0))
        (br $again))
        ;; three
        (local.set $sum (i32.xor (local.get $sum) (i32.const 0x5555)))
        (local.set $state (i32.const -1))
        (br $again))
      ;; four, where all other states lead
      (return (local.get $sum)))
    unreachable)
  ;; Never ends, by way of a constant.
  (func (export "forever")
    (local $state i32)
    (loop $again
      (block $one (block $zero
        local.get $state
        br_table $zero $one)
        (local.set $state (i32.const 1))
        (br $again))
      (local.set $state (i32.const 0))
      (br $again)))
  ;; An interpreter of bytes: 40 instructions on three registers.
  (func (export "machine") (param $steps i32) (result i32)
    (local $at i32) (local $a i32) (local $b i32) (local $c i32)
    (loop $next
      (if (i32.eqz (local.get $steps)) (then
        (return (i32.add (local.get $a) (i32.add (i32.mul (local.get $b) (i32.const 3)) (i32.mul (local.get $c) (i32.const 5)))))))
      (local.set $steps (i32.sub (local.get $steps) (i32.const 1)))
      (block $c39
      (block $c38
      (block $c37
      (block $c36
      (block $c35
      (block $c34
      (block $c33
      (block $c32
      (block $c31
      (block $c30
      (block $c29
      (block $c28
      (block $c27
      (block $c26
      (block $c25
      (block $c24
      (block $c23
      (block $c22
      (block $c21
      (block $c20
      (block $c19
      (block $c18
      (block $c17
      (block $c16
      (block $c15
      (block $c14
      (block $c13
      (block $c12
      (block $c11
      (block $c10
      (block $c9
      (block $c8
      (block $c7
      (block $c6
      (block $c5
      (block $c4
      (block $c3
      (block $c2
      (block $c1
      (block $c0
      (i32.rem_u (i32.load8_u (i32.and (local.get $at) (i32.const 0xffff))) (i32.const 40))
      br_table $c0 $c1 $c2 $c3 $c4 $c5 $c6 $c7 $c8 $c9 $c10 $c11 $c12 $c13 $c14 $c15 $c16 $c17 $c18 $c19 $c20 $c21 $c22 $c23 $c24 $c25 $c26 $c27 $c28 $c29 $c30 $c31 $c32 $c33 $c34 $c35 $c36 $c37 $c38 $c39)
      (local.set $a (i32.add (local.get $a) (i32.add (local.get $a) (i32.const 1))))
      (i32.store8 offset=1024 (i32.and (local.get $a) (i32.const 0xfff)) (local.get $a))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br $next))
      (local.set $b (i32.sub (local.get $b) (i32.add (local.get $a) (i32.const 8))))
      (local.set $at (i32.add (local.get $at) (i32.const 2)))
      (br $next))
      (local.set $c (i32.mul (local.get $c) (i32.add (local.get $a) (i32.const 15))))
      (local.set $at (i32.add (local.get $at) (i32.const 3)))
      (br $next))
      (local.set $a (i32.xor (local.get $a) (i32.add (local.get $b) (i32.const 22))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br $next))
      (local.set $b (i32.or (local.get $b) (i32.add (local.get $b) (i32.const 29))))
      (local.set $at (i32.add (local.get $at) (i32.const 2)))
      (br $next))
      (local.set $c (i32.and (local.get $c) (i32.add (local.get $b) (i32.const 36))))
      (i32.store8 offset=1024 (i32.and (local.get $b) (i32.const 0xfff)) (local.get $c))
      (local.set $at (i32.add (local.get $at) (i32.const 3)))
      (br $next))
      (local.set $a (i32.rotl (local.get $a) (i32.add (local.get $c) (i32.const 43))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br $next))
      (local.set $b (i32.shr_u (local.get $b) (i32.add (local.get $c) (i32.const 50))))
      (local.set $at (i32.add (local.get $at) (i32.const 2)))
      (br $next))
      (local.set $c (i32.add (local.get $c) (i32.add (local.get $c) (i32.const 57))))
      (local.set $at (i32.add (local.get $at) (i32.const 3)))
      (br $next))
      (local.set $a (i32.sub (local.get $a) (i32.add (local.get $a) (i32.const 64))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br $next))
      (local.set $b (i32.mul (local.get $b) (i32.add (local.get $a) (i32.const 71))))
      (i32.store8 offset=1024 (i32.and (local.get $a) (i32.const 0xfff)) (local.get $b))
      (local.set $at (i32.add (local.get $at) (i32.const 2)))
      (br $next))
      (local.set $c (i32.xor (local.get $c) (i32.add (local.get $a) (i32.const 78))))
      (local.set $at (i32.add (local.get $at) (i32.const 3)))
      (br $next))
      (local.set $a (i32.or (local.get $a) (i32.add (local.get $b) (i32.const 85))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br $next))
      (local.set $b (i32.and (local.get $b) (i32.add (local.get $b) (i32.const 92))))
      (local.set $at (i32.add (local.get $at) (i32.const 2)))
      (br $next))
      (local.set $c (i32.rotl (local.get $c) (i32.add (local.get $b) (i32.const 99))))
      (local.set $at (i32.add (local.get $at) (i32.const 3)))
      (br $next))
      (local.set $a (i32.shr_u (local.get $a) (i32.add (local.get $c) (i32.const 106))))
      (i32.store8 offset=1024 (i32.and (local.get $c) (i32.const 0xfff)) (local.get $a))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br $next))
      (local.set $b (i32.add (local.get $b) (i32.add (local.get $c) (i32.const 113))))
      (local.set $at (i32.add (local.get $at) (i32.const 2)))
      (br $next))
      (local.set $c (i32.sub (local.get $c) (i32.add (local.get $c) (i32.const 120))))
      (local.set $at (i32.add (local.get $at) (i32.const 3)))
      (br $next))
      (local.set $a (i32.mul (local.get $a) (i32.add (local.get $a) (i32.const 127))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br $next))
      (local.set $b (i32.xor (local.get $b) (i32.add (local.get $a) (i32.const 134))))
      (local.set $at (i32.add (local.get $at) (i32.const 2)))
      (br $next))
      (local.set $c (i32.or (local.get $c) (i32.add (local.get $a) (i32.const 141))))
      (i32.store8 offset=1024 (i32.and (local.get $a) (i32.const 0xfff)) (local.get $c))
      (local.set $at (i32.add (local.get $at) (i32.const 3)))
      (br $next))
      (local.set $a (i32.and (local.get $a) (i32.add (local.get $b) (i32.const 148))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br $next))
      (local.set $b (i32.rotl (local.get $b) (i32.add (local.get $b) (i32.const 155))))
      (local.set $at (i32.add (local.get $at) (i32.const 2)))
      (br $next))
      (local.set $c (i32.shr_u (local.get $c) (i32.add (local.get $b) (i32.const 162))))
      (local.set $at (i32.add (local.get $at) (i32.const 3)))
      (br $next))
      (local.set $a (i32.add (local.get $a) (i32.add (local.get $c) (i32.const 169))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br $next))
      (local.set $b (i32.sub (local.get $b) (i32.add (local.get $c) (i32.const 176))))
      (i32.store8 offset=1024 (i32.and (local.get $c) (i32.const 0xfff)) (local.get $b))
      (local.set $at (i32.add (local.get $at) (i32.const 2)))
      (br $next))
      (local.set $c (i32.mul (local.get $c) (i32.add (local.get $c) (i32.const 183))))
      (local.set $at (i32.add (local.get $at) (i32.const 3)))
      (br $next))
      (local.set $a (i32.xor (local.get $a) (i32.add (local.get $a) (i32.const 190))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br $next))
      (local.set $b (i32.or (local.get $b) (i32.add (local.get $a) (i32.const 197))))
      (local.set $at (i32.add (local.get $at) (i32.const 2)))
      (br $next))
      (local.set $c (i32.and (local.get $c) (i32.add (local.get $a) (i32.const 204))))
      (local.set $at (i32.add (local.get $at) (i32.const 3)))
      (br $next))
      (local.set $a (i32.rotl (local.get $a) (i32.add (local.get $b) (i32.const 211))))
      (i32.store8 offset=1024 (i32.and (local.get $b) (i32.const 0xfff)) (local.get $a))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br $next))
      (local.set $b (i32.shr_u (local.get $b) (i32.add (local.get $b) (i32.const 218))))
      (local.set $at (i32.add (local.get $at) (i32.const 2)))
      (br $next))
      (local.set $c (i32.add (local.get $c) (i32.add (local.get $b) (i32.const 225))))
      (local.set $at (i32.add (local.get $at) (i32.const 3)))
      (br $next))
      (local.set $a (i32.sub (local.get $a) (i32.add (local.get $c) (i32.const 232))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br $next))
      (local.set $b (i32.mul (local.get $b) (i32.add (local.get $c) (i32.const 239))))
      (local.set $at (i32.add (local.get $at) (i32.const 2)))
      (br $next))
      (local.set $c (i32.xor (local.get $c) (i32.add (local.get $c) (i32.const 246))))
      (i32.store8 offset=1024 (i32.and (local.get $c) (i32.const 0xfff)) (local.get $c))
      (local.set $at (i32.add (local.get $at) (i32.const 3)))
      (br $next))
      (local.set $a (i32.or (local.get $a) (i32.add (local.get $a) (i32.const 253))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br $next))
      (local.set $b (i32.and (local.get $b) (i32.add (local.get $a) (i32.const 260))))
      (local.set $at (i32.add (local.get $at) (i32.const 2)))
      (br $next))
      (local.set $c (i32.rotl (local.get $c) (i32.add (local.get $a) (i32.const 267))))
      (local.set $at (i32.add (local.get $at) (i32.const 3)))
      (br $next))
      (local.set $a (i32.shr_u (local.get $a) (i32.add (local.get $b) (i32.const 274))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br $next)
    )
    unreachable)
  (data (i32.const 0) "\0b\30\55\7a\9f\c4\e9\0e\33\58\7d\a2\c7\ec\11\36\5b\80\a5\ca\ef\14\39\5e\83\a8\cd\f2\17\3c\61\86\ab\d0\f5\1a\3f\64\89\ae\d3\f8\1d\42\67\8c\b1\d6\fb\20\45\6a\8f\b4\d9\fe\23\48\6d\92\b7\dc\01\26\4b\70\95\ba\df\04\29\4e\73\98\bd\e2\07\2c\51\76\9b\c0\e5\0a\2f\54\79\9e\c3\e8\0d\32\57\7c\a1\c6\eb\10\35\5a\7f\a4\c9\ee\13\38\5d\82\a7\cc\f1\16\3b\60\85\aa\cf\f4\19\3e\63\88\ad\d2\f7\1c\41\66\8b\b0\d5\fa\1f\44\69\8e\b3\d8\fd\22\47\6c\91\b6\db\00\25\4a\6f\94\b9\de\03\28\4d\72\97\bc\e1\06\2b\50\75\9a\bf\e4\09\2e\53\78\9d\c2\e7\0c\31\56\7b\a0\c5\ea\0f\34\59\7e\a3\c8\ed\12\37\5c\81\a6\cb\f0\15\3a\5f\84\a9\ce\f3\18\3d\62\87\ac\d1\f6\1b\40\65\8a\af\d4\f9\1e\43\68\8d\b2\d7\fc\21\46\6b\90\b5\da\ff\24\49\6e\93\b8\dd\02\27\4c\71\96\bb\e0\05\2a\4f\74\99\be\e3\08\2d\52\77\9c\c1\e6"))
