/* The application of the README's first minute: greets whoever asks, and says by which path.
   Rebuild: node deploy/examples/build.mjs deploy/examples/hello/hello.c */
#include "../guest.h"

EXPORT("wasi:http/incoming-handler@0.2.12#handle") void handle(u32 request, u32 outparam) {
  ret path;
  request_path(request, &path);
  answer a = respond(outparam, 200);
  write_all(a.stream, "Hello from Creel! You asked for ", 32);
  if (path.tag) write_all(a.stream, (void *)path.a, path.b);
  write_all(a.stream, "\n", 1);
  finish(a);
}
