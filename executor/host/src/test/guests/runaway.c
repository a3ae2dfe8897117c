/* A guest that never ends by itself, in the way that its path says; /work does a little and answers, as its neighbours do.
   Rebuild: node deploy/examples/build.mjs executor/host/src/test/guests/runaway.c */
#include "../../../../../deploy/examples/guest.h"

IMPORT(TYPES, "[constructor]outgoing-request") u32 outgoing_new(u32 headers);
IMPORT(TYPES, "[method]outgoing-request.set-scheme") u32 set_scheme(u32 request, u32 some, u32 which, u32 p, u32 n);
IMPORT(TYPES, "[method]outgoing-request.set-authority") u32 set_authority(u32 request, u32 some, u32 p, u32 n);
IMPORT("wasi:http/outgoing-handler@0.2.12", "handle") void send(u32 request, u32 some, u32 options, ret *out);
IMPORT(TYPES, "[method]future-incoming-response.subscribe") u32 future_subscribe(u32 future);
IMPORT(TYPES, "[method]fields.has") u32 fields_has(u32 fields, const void *name, u32 length);
IMPORT(TYPES, "[method]fields.set") void fields_set(u32 fields, const char *name, u32 n, const void *values, u32 count, ret *out);
IMPORT(TYPES, "[resource-drop]fields") void fields_drop(u32 fields);
IMPORT("wasi:io/poll@0.2.12", "[method]pollable.block") void pollable_block(u32 pollable);
IMPORT("wasi:io/poll@0.2.12", "poll") void poll(const u32 *pollables, u32 count, ret *out);
IMPORT("wasi:clocks/monotonic-clock@0.2.12", "subscribe-duration") u32 subscribe_duration(u64 nanos);
IMPORT("wasi:random/random@0.2.12", "get-random-bytes") void get_random_bytes(u64 length, ret *out);
IMPORT("wasi:sockets/instance-network@0.2.12", "instance-network") u32 instance_network(void);
IMPORT("wasi:sockets/tcp-create-socket@0.2.12", "create-tcp-socket") void create_tcp_socket(u32 family, ret *out);
IMPORT("wasi:sockets/tcp@0.2.12", "[method]tcp-socket.start-connect")
void start_connect(u32 socket, u32 network, u32 v6, u32 a, u32 b, u32 c, u32 d, u32 e, u32 f, u32 g, u32 h, u32 i, u32 j,
                   u32 k, ret *out);
IMPORT("wasi:sockets/tcp@0.2.12", "[method]tcp-socket.subscribe") u32 socket_subscribe(u32 socket);
IMPORT("wasi:sockets/tcp@0.2.12", "[method]tcp-socket.finish-connect") void finish_connect(u32 socket, ret *out);

static volatile u32 counted;
static volatile u64 mixed;

typedef int vector __attribute__((vector_size(16)));

/* --- Of its own code --- */

/* Calls and no loops: more of them than anybody waits for, and never deep. */
static u32 pong(u32 depth);
static __attribute__((noinline)) u32 ping(u32 depth) { return depth == 0 ? counted++ : pong(depth - 1) + pong(depth - 1); }
static __attribute__((noinline)) u32 pong(u32 depth) { return depth == 0 ? counted : ping(depth - 1) ^ ping(depth - 1); }

/* As an interpreter dispatches. */
static void interpret(void) {
  static const u8 code[] = {0, 1, 2, 3, 4, 5, 6, 7, 3, 2, 1, 0, 6, 5, 7, 4};
  u64 a = 1, b = 2;
  for (u32 at = 0;; at = (at + 1) & 15) {
    switch (code[(at + (u32)a) & 15]) {
      case 0: a += b; break;
      case 1: b ^= a << 7; break;
      case 2: a = a * 31 + 7; break;
      case 3: b = b >> 3 | b << 61; break;
      case 4: a ^= b; break;
      case 5: b += counted; break;
      case 6: a -= 3; break;
      default: mixed = a ^ b; break;
    }
  }
}

static __attribute__((target("simd128"))) void vectors(void) {
  vector a = {1, 2, 3, 4}, b = {5, 6, 7, 8};
  for (;;) {
    for (u32 i = 0; i < 1000; i++) a = a * b + b, b = b ^ (a >> 3);
    counted += (u32)a[0];
  }
}

/* So many pages of memory, at what it returns. */
static u8 *room(u32 pages) {
  u32 before = (u32)__builtin_wasm_memory_grow(0, pages);
  if (before == (u32)-1) __builtin_trap();
  return (u8 *)(before << 16);
}

static void fill(void) {
  u8 *at = room(1600);
  for (;;) __builtin_memset(at, (int)counted++, 1600 << 16);
}

static void copy(void) {
  u8 *at = room(1600);
  for (;;) __builtin_memmove(at + 1, at, (1600 << 16) - 1);
}

/* Page by page to its limit, all of it used, and then again and again in vain. */
static void grow(void) {
  for (;;) {
    u32 before = (u32)__builtin_wasm_memory_grow(0, 1);
    if (before != (u32)-1) *(u8 *)(before << 16) = 1;
    counted++;
  }
}

/* --- In the host --- */

/* A name of so many bytes that the host has to make a string of each time. */
static void strings(u32 letter) {
  u8 *at = room(512);
  for (u32 i = 0; i < 512 << 16; i += 2) {
    at[i] = letter ? 'a' : 0xc3;
    at[i + 1] = letter ? 'a' : 0xa9;
  }
  u32 fields = fields_new();
  for (;;) counted += fields_has(fields, at, 512 << 16);
}

/* A list of lists: the host makes something of each. */
static void lists(void) {
  u32 count = 500000;
  u32 *at = (u32 *)room((count * 8 >> 16) + 1);
  for (u32 i = 0; i < count; i++) at[2 * i] = (u32)at, at[2 * i + 1] = 1;
  ret out;
  u32 fields = fields_new();
  for (;;) fields_set(fields, "a b", 3, at, count, &out);
}

static void polls(void) {
  static u32 all[10000];
  for (u32 i = 0; i < 10000; i++) all[i] = subscribe_duration(i == 0 ? 0 : 3600000000000ull);
  for (;;) {
    ret out;
    poll(all, 10000, &out);
    forget_all();
  }
}

static void chance(void) {
  for (;;) {
    ret out;
    get_random_bytes(48 << 20, &out);
    forget_all();
  }
}

static void handles(void) {
  for (;;) fields_drop(fields_new());
}

static void print(void) {
  u32 to = get_stdout();
  for (;;) write_all(to, "0123456789abcdef0123456789abcdef\n", 33);
}

/* --- Waiting --- */

static u32 digits(const u8 *text, u32 length) {
  u32 value = 0;
  for (u32 i = 0; i < length; i++) value = value * 10 + text[i] - '0';
  return value;
}

/* The body of the request, of which its client does not send the end. */
static void body(u32 request) {
  ret out;
  request_consume(request, &out);
  incoming_body_stream(out.a, &out);
  u32 in = out.a;
  do {
    forget_all();
    stream_read(in, 65536, &out);
  } while (!out.tag);
}

static void ask(const u8 *port, u32 length) {
  static char authority[] = "127.0.0.1:00000";
  for (u32 i = 0; i < length; i++) authority[10 + i] = (char)port[i];
  ret out;
  u32 request = outgoing_new(fields_new());
  set_scheme(request, 1, 0, 0, 0);
  set_authority(request, 1, (u32)authority, 10 + length);
  send(request, 0, 0, &out);
  if (out.tag) __builtin_trap();
  pollable_block(future_subscribe(out.b));
}

static void listen_to(u32 port) {
  ret out;
  create_tcp_socket(0, &out);
  if (out.tag) __builtin_trap();
  u32 socket = out.a;
  start_connect(socket, instance_network(), 0, port, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, &out);
  if (out.tag) __builtin_trap();
  pollable_block(socket_subscribe(socket));
  finish_connect(socket, &out);
  if (out.tag) __builtin_trap();
  stream_read(out.a, 65536, &out);
}

static u32 work(void) {
  u32 a = 12345;
  for (u32 i = 0; i < 20000; i++) a ^= a << 13, a ^= a >> 17, a ^= a << 5;
  return a;
}

EXPORT("wasi:http/incoming-handler@0.2.12#handle") void handle(u32 request, u32 outparam) {
  ret path;
  request_path(request, &path);
  const u8 *text = (const u8 *)path.a;
  u32 mark = 0;
  while (mark < path.b && text[mark] != '?') mark++;
  const u8 *port = text + mark + 1;
  u32 length = mark < path.b ? path.b - mark - 1 : 0;
  if (starts_with(&path, "/loop")) for (;;) counted++;
  if (starts_with(&path, "/recursion")) for (;;) ping(40);
  if (starts_with(&path, "/switch")) interpret();
  if (starts_with(&path, "/vectors")) vectors();
  if (starts_with(&path, "/fill")) fill();
  if (starts_with(&path, "/copy")) copy();
  if (starts_with(&path, "/grow")) grow();
  if (starts_with(&path, "/letters")) strings(1);
  if (starts_with(&path, "/accents")) strings(0);
  if (starts_with(&path, "/lists")) lists();
  if (starts_with(&path, "/polls")) polls();
  if (starts_with(&path, "/chance")) chance();
  if (starts_with(&path, "/handles")) handles();
  if (starts_with(&path, "/print")) print();
  if (starts_with(&path, "/sleep")) pollable_block(subscribe_duration(3600000000000ull));
  if (starts_with(&path, "/body")) body(request);
  if (starts_with(&path, "/request")) ask(port, length);
  if (starts_with(&path, "/socket")) listen_to(digits(port, length));
  counted = work();
  answer a = respond(outparam, 200);
  write_all(a.stream, "done\n", 5);
  finish(a);
}
