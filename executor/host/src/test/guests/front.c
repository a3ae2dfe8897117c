/* An application that has its words from a dependency. The second line is what the library sees, the third what it sees itself.
   Rebuild: node deploy/examples/build.mjs executor/host/src/test/guests/front.c */
#include "../../../../../deploy/examples/guest.h"

#ifndef GREETING
#define GREETING "hello from the front"
#endif

IMPORT("demo:words/words@1.0.0", "shout") void shout(const char *text, u32 length, ret *out);
IMPORT("demo:words/words@1.0.0", "sight") void sight(ret *out);
IMPORT("wasi:cli/environment@0.2.12", "get-environment") void get_environment(ret *out);

static void write_string(answer a, ret *string) {
  write_all(a.stream, *(void **)string, ((u32 *)string)[1]);
}

EXPORT("wasi:http/incoming-handler@0.2.12#handle") void handle(u32 request, u32 outparam) {
  ret text;
  answer a = respond(outparam, 200);
  shout(GREETING, length_of(GREETING), &text);
  write_string(a, &text);
  write_all(a.stream, "\n", 1);
  sight(&text);
  write_string(a, &text);
  get_environment(&text);
  write_all(a.stream, ((u32 *)&text)[1] ? "\nI see variables\n" : "\nI see none\n", ((u32 *)&text)[1] ? 17 : 12);
  finish(a);
}
