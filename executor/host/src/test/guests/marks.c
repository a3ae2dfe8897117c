/* A guest that leaves marks wherever it can (/mark?KIND END, answered before it does), and one that looks at all that it can see of its
   world (/look), for the test that the next guest sees nothing of the one before.
   Rebuild: node deploy/examples/build.mjs executor/host/src/test/guests/marks.c */
#include "../../../../../deploy/examples/guest.h"

IMPORT(TYPES, "[constructor]outgoing-request") u32 outgoing_new(u32 headers);
IMPORT(TYPES, "[method]outgoing-request.set-scheme") u32 set_scheme(u32 request, u32 some, u32 which, u32 p, u32 n);
IMPORT(TYPES, "[method]outgoing-request.set-authority") u32 set_authority(u32 request, u32 some, u32 p, u32 n);
IMPORT(TYPES, "[method]outgoing-request.body") void outgoing_request_body(u32 request, ret *out);
IMPORT("wasi:http/outgoing-handler@0.2.12", "handle") void send(u32 request, u32 some, u32 options, ret *out);
IMPORT("wasi:io/poll@0.2.12", "[method]pollable.block") void pollable_block(u32 pollable);
IMPORT("wasi:clocks/monotonic-clock@0.2.12", "subscribe-duration") u32 subscribe_duration(u64 nanos);
IMPORT("wasi:cli/environment@0.2.12", "get-environment") void get_environment(ret *out);
IMPORT("wasi:cli/environment@0.2.12", "get-arguments") void get_arguments(ret *out);
IMPORT("wasi:filesystem/preopens@0.2.12", "get-directories") void get_directories(ret *out);
#define FILES "wasi:filesystem/types@0.2.12"
IMPORT(FILES, "[method]descriptor.open-at")
void open_at(u32 directory, u32 path_flags, const char *path, u32 length, u32 open_flags, u32 flags, ret *out);
IMPORT(FILES, "[method]descriptor.create-directory-at")
void create_directory_at(u32 directory, const char *path, u32 length, ret *out);
IMPORT(FILES, "[method]descriptor.unlink-file-at")
void unlink_file_at(u32 directory, const char *path, u32 length, ret *out);

static volatile u32 counted = 7;
static u8 zeros[5000];

static inline u8 *end_of_memory(void) { return (u8 *)(__builtin_wasm_memory_size(0) << 16); }

/* Every byte, eight at a time; nothing of it is kept in memory meanwhile. */
static __attribute__((noinline)) u64 hash_all(void) {
  u64 hash = 0xcbf29ce484222325ull;
  for (u64 *at = 0; (u8 *)at < end_of_memory(); at++) {
    hash = ((hash << 23 | hash >> 41) ^ *(volatile u64 *)at) * 0x100000001b3ull;
  }
  return hash;
}

static void number(u32 stream, const char *name, u64 value) {
  char digits[20] = "                   \n";
  for (u32 i = 0; i < 16; i++) digits[1 + i] = "0123456789abcdef"[value >> (60 - 4 * i) & 15];
  write_all(stream, name, length_of(name));
  write_all(stream, digits, 20);
}

/* The lists of the environment: pairs of strings, strings, pairs of a handle and a string. */
static void list(u32 stream, const char *name, void (*all)(ret *), u32 words) {
  ret out;
  all(&out);
  u32 *entry = ((u32 **)&out)[0];
  u32 count = ((u32 *)&out)[1];
  number(stream, name, count);
  for (u32 i = 0; i < count; i++, entry += words) {
    if (words == 4) write_all(stream, (void *)entry[0], entry[1]);
    if (words == 3) number(stream, "handle", entry[0]);
    write_all(stream, "=", 1);
    write_all(stream, (void *)entry[words - 2], entry[words - 1]);
    write_all(stream, "\n", 1);
  }
}

/* The first directory that there is, or -1. */
static u32 directory(void) {
  ret out;
  get_directories(&out);
  return ((u32 *)&out)[1] ? ((u32 **)&out)[0][0] : (u32)-1;
}

static void look(u32 outparam) {
  u64 begun = hash_all();
  __builtin_wasm_memory_grow(0, 5);
  u64 grown = hash_all();
  answer a = respond(outparam, 200);
  number(a.stream, "memory", begun);
  number(a.stream, "grown", grown);
  number(a.stream, "pages", __builtin_wasm_memory_size(0));
  number(a.stream, "counted", counted);
  number(a.stream, "next handle", fields_new());
  number(a.stream, "next pollable", subscribe_duration(1));
  list(a.stream, "environment", get_environment, 4);
  list(a.stream, "arguments", get_arguments, 2);
  list(a.stream, "directories", get_directories, 3);
  u32 files = directory();
  if (files != (u32)-1) {
    ret out;
    open_at(files, 0, "left", 4, 0, 1, &out);
    number(a.stream, "left", out.tag ? 0xee : 0);
    open_at(files, 0, "kept.txt", 8, 0, 1, &out);
    number(a.stream, "kept", out.tag ? 0xee : out.a);
  }
  finish(a);
}

static u32 deeper(volatile u32 *depth) {
  volatile u32 here = *depth + 1;
  return deeper(&here) + here;
}

static void fill(u8 *from, u8 *to) { __builtin_memset(from, 0xaa, (u32)to - (u32)from); }

/* Handles of many kinds that nobody drops. */
static void leave_handles(void) {
  ret out;
  for (u32 i = 0; i < 500; i++) {
    u32 fields = fields_new();
    fields_append(fields, "x-left", 6, "behind", 6, &out);
    subscribe_duration(3600000000000ull);
    response_new(fields);
    get_stdout();
  }
}

/* A request under way, whose body nobody writes and whose answer nobody reads. */
static void leave_request(const u8 *authority, u32 length) {
  ret out;
  u32 request = outgoing_new(fields_new());
  set_scheme(request, 1, 0, 0, 0);
  set_authority(request, 1, (u32)authority, length);
  outgoing_request_body(request, &out);
  send(request, 0, 0, &out);
}

static void leave_files(void) {
  ret out;
  u32 files = directory();
  if (files == (u32)-1) return;
  create_directory_at(files, "left", 4, &out);
  open_at(files, 0, "left", 4, 1, 3, &out);
  unlink_file_at(files, "kept.txt", 8, &out);
}

/* Data and the far end of the stack, which are below what is in use of it, and all above; only what needs no data may follow. */
static void leave_memory(u32 pages) {
  u8 here;
  if (pages) __builtin_wasm_memory_grow(0, pages);
  fill((u8 *)16, &here - 4096);
  fill(&here + 4096, end_of_memory());
}

EXPORT("wasi:http/incoming-handler@0.2.12#handle") void handle(u32 request, u32 outparam) {
  ret path;
  request_path(request, &path);
  const u8 *text = (const u8 *)path.a;
  if (starts_with(&path, "/look")) {
    look(outparam);
    return;
  }
  /* /mark?KIND END AUTHORITY */
  u8 kind = text[6], end = text[7];
  answer a = respond(outparam, 200);
  write_all(a.stream, "marked\n", 7);
  finish(a);
  counted++;
  zeros[4999] = 1;
  if (kind == 'h' || kind == 'a') leave_handles();
  if (kind == 'o' || kind == 'a') leave_request(text + 8, path.b - 8);
  if (kind == 'f' || kind == 'a') leave_files();
  if (kind == 'm') leave_memory(0);
  if (kind == 'g') leave_memory(3);
  if (kind == 'G' || kind == 'a') leave_memory(40);
  switch (end) {
    case 't':
      __builtin_trap();
    case 'm':
      while (__builtin_wasm_memory_grow(0, 1) != (u32)-1) leave_memory(0);
      __builtin_trap();
    case 'l':
      for (;;) counted++;
    case 's':
      pollable_block(subscribe_duration(3600000000000ull));
      return;
    case 'd': {
      u32 depth = 0;
      counted = deeper(&depth);
      return;
    }
    case 'x':
      cli_exit(1);
    default:
      return;
  }
}
