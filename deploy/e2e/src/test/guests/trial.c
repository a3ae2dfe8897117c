/* A guest that behaves as its path says, well or badly.
   Rebuild: node deploy/examples/build.mjs deploy/e2e/src/test/guests/trial.c */
#include "../../../../examples/guest.h"

static volatile u32 served;

static void say(u32 outparam, u32 status, const char *text) {
  answer a = respond(outparam, status);
  write_all(a.stream, text, length_of(text));
  finish(a);
}

/* Sends back what comes in, as it comes in. */
static void echo(u32 request, u32 outparam) {
  ret out;
  request_consume(request, &out);
  u32 incoming = out.a;
  incoming_body_stream(incoming, &out);
  u32 in = out.a;
  answer a = respond(outparam, 200);
  for (;;) {
    forget_all();
    stream_read(in, 65536, &out);
    if (out.tag) break;
    if (out.b && !write_all(a.stream, (void *)out.a, out.b)) break;
  }
  input_stream_drop(in);
  incoming_body_drop(incoming);
  finish(a);
}

static u32 recurse(volatile u32 *depth) {
  volatile u32 here = *depth + 1;
  return recurse(&here) + here;
}

static void print(u32 stream, const char *text) {
  write_all(stream, text, length_of(text));
}

EXPORT("wasi:http/incoming-handler@0.2.12#handle") void handle(u32 request, u32 outparam) {
  ret path;
  request_path(request, &path);
  if (starts_with(&path, "/echo")) {
    echo(request, outparam);
  } else if (starts_with(&path, "/served")) {
    /* One digit: the number of requests that this instance has answered. */
    char text[2] = {(char)('0' + ++served % 10), 0};
    say(outparam, 200, text);
  } else if (starts_with(&path, "/print")) {
    print(get_stdout(), "printed to stdout\n");
    print(get_stderr(), "printed to stderr\n");
    say(outparam, 200, "printed\n");
  } else if (starts_with(&path, "/loop")) {
    for (;;) served++;
  } else if (starts_with(&path, "/allocate")) {
    u32 pages = 0;
    while (__builtin_wasm_memory_grow(0, 16) != (u32)-1) pages += 16;
    say(outparam, 200, pages > 4096 ? "too much\n" : "refused\n");
  } else if (starts_with(&path, "/recurse")) {
    u32 depth = 0;
    served = recurse(&depth);
  } else if (starts_with(&path, "/trap")) {
    __builtin_trap();
  } else if (starts_with(&path, "/exit")) {
    cli_exit(1);
  } else if (starts_with(&path, "/silent")) {
    /* Never answers. */
  } else if (starts_with(&path, "/twice")) {
    say(outparam, 200, "once\n");
    say(outparam, 200, "twice\n");
  } else if (starts_with(&path, "/half")) {
    answer a = respond(outparam, 200);
    write_all(a.stream, "half of it", 10);
    __builtin_trap();
  } else {
    say(outparam, 200, "trial\n");
  }
}
