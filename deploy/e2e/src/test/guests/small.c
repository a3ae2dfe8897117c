/* The small guest of the density benchmark: it says which application it is. The benchmark makes thousands of different ones of
   it, by other bytes of the same length: the name lies in the data, the key in the code.
   Rebuild: node deploy/examples/build.mjs deploy/e2e/src/test/guests/small.c */
#include "../../../../examples/guest.h"

static const char name[] = "app-00000000";

/* A constant that stays in the code, and stays there once. */
static __attribute__((noinline)) u32 key(void) {
  u32 value = 0x4b455921;
  __asm__ volatile("" : "+r"(value));
  return value;
}

static u32 decimal(u32 value, char *out) {
  char digits[10];
  u32 n = 0;
  do digits[n++] = (char)('0' + value % 10);
  while (value /= 10);
  for (u32 i = 0; i < n; i++) out[i] = digits[n - 1 - i];
  return n;
}

/* Counts the primes below 1,000: something to compute. */
static u32 primes(void) {
  u8 composite[1000];
  for (u32 i = 0; i < 1000; i++) composite[i] = 0;
  u32 count = 0;
  for (u32 i = 2; i < 1000; i++) {
    if (composite[i]) continue;
    count++;
    for (u32 k = i * i; k < 1000; k += i) composite[k] = 1;
  }
  return count;
}

/* Sends back what comes in. */
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
    if (out.tag || (out.b && !write_all(a.stream, (void *)out.a, out.b))) break;
  }
  input_stream_drop(in);
  incoming_body_drop(incoming);
  finish(a);
}

EXPORT("wasi:http/incoming-handler@0.2.12#handle") void handle(u32 request, u32 outparam) {
  char text[16];
  ret path;
  request_path(request, &path);
  if (starts_with(&path, "/echo")) {
    echo(request, outparam);
    return;
  }
  answer a = respond(outparam, 200);
  if (starts_with(&path, "/primes")) {
    write_all(a.stream, text, decimal(primes(), text));
  } else {
    write_all(a.stream, name, sizeof name - 1);
    write_all(a.stream, " ", 1);
    write_all(a.stream, text, decimal(key(), text));
  }
  finish(a);
}
