;; A preview 1 command: prints what is in data/words.txt below its first preopened directory, sleeps a millisecond and
;; exits with 7, or with the number of the first error. Rebuild: wasm-tools parse command.wat -o command.wasm
(module
  (import "wasi_snapshot_preview1" "path_open"
    (func $path_open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_read" (func $fd_read (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "poll_oneoff" (func $poll_oneoff (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (memory (export "memory") 1)
  (data (i32.const 16) "data/words.txt")
  ;; an iovec of 1000 bytes at 1024
  (data (i32.const 64) "\00\04\00\00\e8\03\00\00")
  ;; a subscription at 128: the monotonic clock, a million nanoseconds from now
  (data (i32.const 144) "\01\00\00\00\00\00\00\00\40\42\0f\00\00\00\00\00")

  (func $check (param $errno i32)
    (if (local.get $errno) (then (call $proc_exit (local.get $errno)))))

  (func (export "_start")
    ;; opened for reading (right 2), its number stored at 32
    (call $check (call $path_open
      (i32.const 3) (i32.const 0) (i32.const 16) (i32.const 14) (i32.const 0)
      (i64.const 2) (i64.const 0) (i32.const 0) (i32.const 32)))
    (call $check (call $fd_read (i32.load (i32.const 32)) (i32.const 64) (i32.const 1) (i32.const 68)))
    (call $check (call $fd_write (i32.const 1) (i32.const 64) (i32.const 1) (i32.const 36)))
    (call $check (call $poll_oneoff (i32.const 128) (i32.const 256) (i32.const 1) (i32.const 36)))
    (call $proc_exit (i32.const 7))))
