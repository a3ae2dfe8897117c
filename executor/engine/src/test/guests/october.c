/* A core module over wasi:*@0.2.0-rc-2023-10-18, without any library. By its path: /echo what it reads, with a header that it read;
   /forward the same through output-stream.forward; /sleep waits a millisecond; /get asks http://there/x and tells how it went;
   /error answers with an error.
   Rebuild: see october.mjs */
typedef unsigned char u8;
typedef unsigned int u32;
typedef unsigned long long u64;

#define VERSION "@0.2.0-rc-2023-10-18"
#define IMPORT(module, name) __attribute__((import_module(module VERSION), import_name(name))) extern
#define EXPORT(name) __attribute__((export_name(name)))
#define TYPES "wasi:http/types"
#define STREAMS "wasi:io/streams"
#define TEXT(literal) literal, sizeof(literal) - 1

typedef struct {
  u32 tag, a, b, c;
  u64 rest[8];
} ret __attribute__((aligned(8)));
typedef struct {
  const char *name;
  u32 name_length;
  const char *value;
  u32 value_length;
} entry;
typedef struct {
  char *at;
  u32 length;
} list;

IMPORT(TYPES, "[constructor]fields") u32 fields_new(entry *entries, u32 count);
IMPORT(TYPES, "[method]fields.get") void fields_get(u32 fields, const char *name, u32 length, ret *out);
IMPORT(TYPES, "[method]fields.append") void fields_append(u32 f, const char *n, u32 nl, const char *v, u32 vl);
IMPORT(TYPES, "[resource-drop]fields") void fields_drop(u32 fields);
IMPORT(TYPES, "[method]incoming-request.path-with-query") void request_path(u32 request, ret *out);
IMPORT(TYPES, "[method]incoming-request.headers") u32 request_headers(u32 request);
IMPORT(TYPES, "[method]incoming-request.consume") void request_consume(u32 request, ret *out);
IMPORT(TYPES, "[method]incoming-body.stream") void body_stream(u32 body, ret *out);
IMPORT(TYPES, "[static]incoming-body.finish") u32 body_finish(u32 body);
IMPORT(TYPES, "[method]future-trailers.subscribe") u32 trailers_subscribe(u32 trailers);
IMPORT(TYPES, "[method]future-trailers.get") void trailers_get(u32 trailers, ret *out);
IMPORT(TYPES, "[constructor]outgoing-response") u32 response_new(u32 status, u32 headers);
IMPORT(TYPES, "[method]outgoing-response.write") void response_write(u32 response, ret *out);
IMPORT(TYPES, "[static]response-outparam.set") void outparam_set(u32 outparam, u32 failed, u32 value, u32 p, u32 n);
IMPORT(TYPES, "[method]outgoing-body.write") void outgoing_write(u32 body, ret *out);
IMPORT(TYPES, "[static]outgoing-body.finish") void outgoing_finish(u32 body, u32 some, u32 trailers);
IMPORT(TYPES, "[constructor]outgoing-request")
u32 request_new(u32 method, u32 mp, u32 mn, u32 has_path, const char *path, u32 path_length, u32 has_scheme, u32 scheme, u32 sp,
                u32 sn, u32 has_authority, const char *authority, u32 authority_length, u32 headers);
IMPORT("wasi:http/outgoing-handler", "handle")
void send(u32 request, u32 has_options, u32 c, u32 cm, u32 f, u32 fm, u32 b, u32 bm, ret *out);
IMPORT(TYPES, "[method]future-incoming-response.subscribe") u32 future_subscribe(u32 future);
IMPORT(TYPES, "[method]future-incoming-response.get") void future_get(u32 future, ret *out);
IMPORT(TYPES, "[method]incoming-response.status") u32 response_status(u32 response);
IMPORT("wasi:io/poll", "poll-list") void poll_list(u32 *pollables, u32 count, ret *out);
IMPORT("wasi:io/poll", "poll-one") void poll_one(u32 pollable);
IMPORT("wasi:clocks/monotonic-clock", "subscribe") u32 clock_subscribe(u64 when, u32 absolute);
IMPORT(STREAMS, "[method]input-stream.blocking-read") void stream_read(u32 stream, u64 length, ret *out);
IMPORT(STREAMS, "[resource-drop]input-stream") void input_drop(u32 stream);
IMPORT(STREAMS, "[method]output-stream.blocking-write-and-flush")
void stream_write(u32 stream, const void *bytes, u32 length, ret *out);
IMPORT(STREAMS, "[method]output-stream.forward") void stream_forward(u32 to, u32 from, ret *out);
IMPORT(STREAMS, "[resource-drop]output-stream") void output_drop(u32 stream);

extern u8 __heap_base;
static u32 heap_top;

EXPORT("cabi_realloc") void *cabi_realloc(void *old, u32 old_size, u32 align, u32 size) {
  if (!heap_top) heap_top = (u32)&__heap_base;
  u32 at = (heap_top + align - 1) & ~(align - 1), end = at + size;
  u32 have = (u32)__builtin_wasm_memory_size(0) << 16;
  if (end > have && __builtin_wasm_memory_grow(0, (end - have + 0xffff) >> 16) == (u32)-1) __builtin_trap();
  heap_top = end;
  for (u32 i = 0; i < old_size && i < size; i++) ((u8 *)at)[i] = ((u8 *)old)[i];
  return (void *)at;
}

static int starts(list t, const char *prefix) {
  for (u32 i = 0; prefix[i]; i++)
    if (i == t.length || t.at[i] != prefix[i]) return 0;
  return 1;
}

static u32 body_of, stream_of;

/* Begins to answer; `value` goes into a header. */
static void respond(u32 outparam, u32 status, const char *value, u32 length) {
  ret out;
  entry first = {TEXT("X-First"), TEXT("one")};
  u32 headers = fields_new(&first, 1);
  fields_append(headers, TEXT("x-value"), value, length);
  u32 response = response_new(status, headers);
  fields_drop(headers);
  response_write(response, &out);
  body_of = out.a;
  outgoing_write(body_of, &out);
  stream_of = out.a;
  outparam_set(outparam, 0, response, 0, 0);
}

static void finish(void) {
  output_drop(stream_of);
  outgoing_finish(body_of, 0, 0);
}

static void write(const void *bytes, u32 length) {
  ret out;
  while (length) {
    u32 count = length < 4096 ? length : 4096;
    stream_write(stream_of, bytes, count, &out);
    if (out.tag & 0xff) __builtin_trap();
    bytes = (const u8 *)bytes + count;
    length -= count;
  }
}

static void echo(u32 request, u32 outparam, int forward) {
  ret out;
  u32 headers = request_headers(request);
  fields_get(headers, TEXT("X-Asked"), &out);
  list asked = out.a ? *(list *)out.tag : (list){"none", 4};
  if (!out.a) asked = (list){"none", 4};
  respond(outparam, 201, asked.at, asked.length);
  fields_drop(headers);
  request_consume(request, &out);
  u32 body = out.a;
  body_stream(body, &out);
  u32 in = out.a;
  if (forward) {
    stream_forward(stream_of, in, &out);
    if (out.tag & 0xff) __builtin_trap();
  } else {
    for (;;) {
      stream_read(in, 65536, &out);
      if (out.tag & 0xff) break;
      write((void *)out.a, out.b);
    }
    input_drop(in);
    u32 trailers = body_finish(body);
    poll_one(trailers_subscribe(trailers));
    trailers_get(trailers, &out);
    /* some(ok(fields)), though there were none */
    if ((out.tag & 0xff) != 1 || (out.a & 0xff) != 0) __builtin_trap();
    fields_drop(out.b);
  }
  finish();
}

static void get(u32 outparam) {
  ret out;
  entry mine[] = {{TEXT("x-from"), TEXT("october")}, {TEXT("host"), TEXT("left out")}};
  u32 headers = fields_new(mine, 2);
  u32 request = request_new(0, 0, 0, 1, TEXT("/x"), 1, 0, 0, 0, 1, TEXT("there"), headers);
  fields_drop(headers);
  send(request, 1, 1, 500, 0, 0, 0, 0, &out);
  if (out.tag & 0xff) __builtin_trap();
  u32 future = out.a, pollable = future_subscribe(future);
  poll_list(&pollable, 1, &out);
  future_get(future, &out);
  /* The tags of option, result and result stand 4 bytes apart. */
  u32 *words = (u32 *)&out;
  if ((words[0] & 0xff) != 1 || (words[1] & 0xff) != 0) __builtin_trap();
  if (words[2] & 0xff) {
    respond(outparam, 200, TEXT("failed"));
    write((void *)words[4], words[5]);
  } else {
    char status[3];
    u32 code = response_status(words[3]);
    for (int i = 2; i >= 0; i--, code /= 10) status[i] = '0' + code % 10;
    respond(outparam, 200, TEXT("answered"));
    write(status, 3);
  }
  finish();
}

EXPORT("wasi:http/incoming-handler" VERSION "#handle") void handle(u32 request, u32 outparam) {
  ret out;
  request_path(request, &out);
  list path = {(char *)out.a, out.b};
  if (starts(path, "/echo")) {
    echo(request, outparam, 0);
  } else if (starts(path, "/forward")) {
    echo(request, outparam, 1);
  } else if (starts(path, "/sleep")) {
    poll_one(clock_subscribe(1000000, 0));
    respond(outparam, 200, TEXT("awake"));
    finish();
  } else if (starts(path, "/get")) {
    get(outparam);
  } else if (starts(path, "/error")) {
    outparam_set(outparam, 1, 3, (u32) "as asked", 8);
  } else {
    __builtin_trap();
  }
}
