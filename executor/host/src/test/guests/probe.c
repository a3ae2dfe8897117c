/* A guest that does what its path says, well or badly, for the tests of the executor.
   Rebuild: node deploy/examples/build.mjs executor/host/src/test/guests/probe.c */
#include "../../../../../deploy/examples/guest.h"

IMPORT(TYPES, "[method]incoming-request.headers") u32 request_headers(u32 request);
IMPORT(TYPES, "[method]fields.entries") void fields_entries(u32 fields, ret *out);
IMPORT(TYPES, "[constructor]outgoing-request") u32 outgoing_new(u32 headers);
IMPORT(TYPES, "[method]outgoing-request.set-scheme") u32 set_scheme(u32 request, u32 some, u32 which, u32 p, u32 n);
IMPORT(TYPES, "[method]outgoing-request.set-authority") u32 set_authority(u32 request, u32 some, u32 p, u32 n);
IMPORT(TYPES, "[method]outgoing-request.set-path-with-query") u32 set_path(u32 request, u32 some, u32 p, u32 n);
IMPORT("wasi:http/outgoing-handler@0.2.12", "handle") void send(u32 request, u32 some, u32 options, ret *out);
IMPORT(TYPES, "[method]future-incoming-response.subscribe") u32 future_subscribe(u32 future);
IMPORT(TYPES, "[method]future-incoming-response.get") void future_get(u32 future, ret *out);
IMPORT(TYPES, "[method]incoming-response.status") u32 response_status(u32 response);
IMPORT(TYPES, "[method]incoming-response.consume") void response_consume(u32 response, ret *out);
IMPORT(TYPES, "[static]incoming-body.finish") u32 incoming_body_finish(u32 body);
IMPORT(TYPES, "[method]future-trailers.subscribe") u32 trailers_subscribe(u32 future);
IMPORT(TYPES, "[method]future-trailers.get") void trailers_get(u32 future, ret *out);
IMPORT("wasi:io/poll@0.2.12", "[method]pollable.block") void pollable_block(u32 pollable);
IMPORT("wasi:io/poll@0.2.12", "[method]pollable.ready") u32 pollable_ready(u32 pollable);
IMPORT("wasi:clocks/monotonic-clock@0.2.12", "subscribe-duration") u32 subscribe_duration(u64 nanos);
IMPORT("wasi:cli/environment@0.2.12", "get-environment") void get_environment(ret *out);

static volatile u32 served;

static void say(u32 outparam, u32 status, const char *text) {
  answer a = respond(outparam, status);
  write_all(a.stream, text, length_of(text));
  finish(a);
}

static void pipe(u32 body, u32 to) {
  ret out;
  incoming_body_stream(body, &out);
  u32 in = out.a;
  for (;;) {
    forget_all();
    stream_read(in, 65536, &out);
    if (out.tag) break;
    if (out.b && !write_all(to, (void *)out.a, out.b)) break;
  }
  input_stream_drop(in);
  incoming_body_drop(body);
}

static void echo(u32 request, u32 outparam) {
  ret out;
  request_consume(request, &out);
  u32 body = out.a;
  answer a = respond(outparam, 200);
  pipe(body, a.stream);
  finish(a);
}

/* All that fields hold, one a line. */
static void list(u32 fields, u32 outparam) {
  ret out;
  fields_entries(fields, &out);
  u32 *entry = (u32 *)*(u32 *)&out;
  u32 count = out.a;
  answer a = respond(outparam, 200);
  for (u32 i = 0; i < count; i++, entry += 4) {
    write_all(a.stream, (void *)entry[0], entry[1]);
    write_all(a.stream, "=", 1);
    write_all(a.stream, (void *)entry[2], entry[3]);
    write_all(a.stream, "\n", 1);
  }
  finish(a);
}

/* The trailers of the request, or what came instead. */
static void trailers(u32 request, u32 outparam) {
  ret out;
  request_consume(request, &out);
  u32 future = incoming_body_finish(out.a);
  pollable_block(trailers_subscribe(future));
  trailers_get(future, &out);
  if (out.rest[0] & 0xff) {
    say(outparam, 200, "broken\n");
  } else if (out.rest[1] & 0xff) {
    list((u32)(out.rest[1] >> 32), outparam);
  } else {
    say(outparam, 200, "none\n");
  }
}

/* /fetch?AUTHORITY/PATH asks another server, /self?/PATH its own application; answers with the status and the body. */
static void fetch(u32 outparam, const u8 *target, u32 length) {
  ret out;
  u32 slash = 0;
  while (slash < length && target[slash] != '/') slash++;
  u32 request = outgoing_new(fields_new());
  set_scheme(request, 1, 0, 0, 0);
  set_authority(request, slash > 0, (u32)target, slash);
  set_path(request, 1, (u32)target + slash, length - slash);
  send(request, 0, 0, &out);
  if (out.tag) {
    say(outparam, 502, "not sent\n");
    return;
  }
  u32 future = out.b;
  pollable_block(future_subscribe(future));
  future_get(future, &out);
  if (out.rest[0] & 0xff) {
    u32 code = out.rest[1] & 0xff;
    char text[] = "error 00\n";
    text[6] = (char)('0' + code / 10);
    text[7] = (char)('0' + code % 10);
    say(outparam, 502, text);
    return;
  }
  u32 response = (u32)out.rest[1];
  answer a = respond(outparam, response_status(response));
  response_consume(response, &out);
  pipe(out.a, a.stream);
  finish(a);
}

/* What the only variable of the environment says, if it is ASK. */
static u32 ask(const u8 **authority) {
  ret out;
  get_environment(&out);
  /* A list of two strings each: where it is, how many, over the fields of ret. */
  u32 *entry = ((u32 **)&out)[0];
  if (((u32 *)&out)[1] != 1 || entry[1] != 3 || ((u8 *)entry[0])[0] != 'A') return 0;
  *authority = (const u8 *)entry[2];
  return entry[3];
}

static u32 recurse(volatile u32 *depth) {
  volatile u32 here = *depth + 1;
  return recurse(&here) + here;
}

static void print(u32 stream, const char *text) { write_all(stream, text, length_of(text)); }

EXPORT("wasi:http/incoming-handler@0.2.12#handle") void handle(u32 request, u32 outparam) {
  ret path;
  request_path(request, &path);
  const u8 *text = (const u8 *)path.a;
  if (starts_with(&path, "/echo")) {
    echo(request, outparam);
  } else if (starts_with(&path, "/ignore-body")) {
    say(outparam, 200, "not read\n");
  } else if (starts_with(&path, "/headers")) {
    list(request_headers(request), outparam);
  } else if (starts_with(&path, "/trailers")) {
    trailers(request, outparam);
  } else if (starts_with(&path, "/fetch?")) {
    fetch(outparam, text + 7, path.b - 7);
  } else if (starts_with(&path, "/self?")) {
    fetch(outparam, text + 6, path.b - 6);
  } else if (starts_with(&path, "/served")) {
    char digit[2] = {(char)('0' + ++served % 10), 0};
    say(outparam, 200, digit);
  } else if (starts_with(&path, "/print")) {
    print(get_stdout(), "printed to stdout\n");
    print(get_stderr(), "printed to stderr\n");
    say(outparam, 200, "printed\n");
  } else if (starts_with(&path, "/shout")) {
    for (u32 i = 0; i < 100000; i++) print(get_stdout(), "0123456789abcdef0123456789abcdef\n");
    say(outparam, 200, "shouted\n");
  } else if (starts_with(&path, "/loop-after")) {
    answer a = respond(outparam, 200);
    write_all(a.stream, "started\n", 8);
    for (;;) served++;
  } else if (starts_with(&path, "/loop-calls")) {
    u32 timer = subscribe_duration(3600000000000ull);
    while (!pollable_ready(timer)) served++;
  } else if (starts_with(&path, "/loop")) {
    for (;;) served++;
  } else if (starts_with(&path, "/sleep")) {
    pollable_block(subscribe_duration(3600000000000ull));
  } else if (starts_with(&path, "/nap")) {
    pollable_block(subscribe_duration(100000000ull));
    say(outparam, 200, "slept\n");
  } else if (starts_with(&path, "/linger")) {
    /* All that was announced is sent; there is still something to do. */
    ret out;
    u32 fields = fields_new();
    fields_append(fields, "content-length", 14, "4", 1, &out);
    u32 response = response_new(fields);
    response_body(response, &out);
    u32 body = out.a;
    outparam_set(outparam, 0, response, 0, 0, 0, 0, 0, 0);
    outgoing_body_write(body, &out);
    answer a = {body, out.a};
    write_all(a.stream, "done", 4);
    pollable_block(subscribe_duration(300000000ull));
    print(get_stdout(), "lingered\n");
    finish(a);
  } else if (starts_with(&path, "/allocate-and-trap")) {
    while (__builtin_wasm_memory_grow(0, 16) != (u32)-1) served++;
    __builtin_trap();
  } else if (starts_with(&path, "/allocate")) {
    u32 pages = 0;
    while (__builtin_wasm_memory_grow(0, 16) != (u32)-1) pages += 16;
    say(outparam, 200, pages > 4096 ? "too much\n" : "refused\n");
  } else if (starts_with(&path, "/handles")) {
    for (u32 i = 0; i < 1000000; i++) fields_new();
    say(outparam, 200, "too many\n");
  } else if (starts_with(&path, "/recurse")) {
    u32 depth = 0;
    served = recurse(&depth);
  } else if (starts_with(&path, "/outside")) {
    /* At another place for each digit behind it; with more behind that, when there is no more memory to be had. */
    u32 digit = path.b > 9 ? text[9] - '0' : 0;
    if (path.b > 10)
      while (__builtin_wasm_memory_grow(0, 16) != (u32)-1) served++;
    served = *(volatile u32 *)(0xfffffff0 - digit);
  } else if (starts_with(&path, "/divide")) {
    served = path.b / (path.b - 7);
  } else if (starts_with(&path, "/trap")) {
    __builtin_trap();
  } else if (starts_with(&path, "/exit")) {
    cli_exit(1);
  } else if (starts_with(&path, "/silent")) {
    /* Never answers. */
  } else if (starts_with(&path, "/error")) {
    outparam_set(outparam, 1, 38, 0, 0, 0, 0, 0, 0);
  } else if (starts_with(&path, "/twice")) {
    say(outparam, 200, "once\n");
    say(outparam, 200, "twice\n");
  } else if (starts_with(&path, "/half")) {
    answer a = respond(outparam, 200);
    write_all(a.stream, "half of it", 10);
    __builtin_trap();
  } else if (starts_with(&path, "/untouched")) {
    /* Takes the body of its response, never writes to it, and returns or, with ?trap, does not. */
    ret out;
    u32 response = response_new(fields_new());
    response_set_status(response, 503);
    response_body(response, &out);
    outparam_set(outparam, 0, response, 0, 0, 0, 0, 0, 0);
    if (path.b > 10) __builtin_trap();
  } else if (starts_with(&path, "/flood")) {
    static u8 block[4096];
    answer a = respond(outparam, 200);
    while (write_all(a.stream, block, 4096)) served++;
    finish(a);
  } else {
    const u8 *authority = 0;
    u32 length = path.b == 1 ? ask(&authority) : 0;
    if (length) {
      fetch(outparam, authority, length);
      return;
    }
    if (path.b == 1) print(get_stdout(), "asked for nothing\n");
    say(outparam, 200, "probe\n");
  }
}
