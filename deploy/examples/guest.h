/* The parts of WASI 0.2 that the small guests of this repository use, as core functions of the canonical ABI.
   No libc, no generator: what a guest imports is what stands here. See build.mjs for how it becomes a component. */
#ifndef CREEL_GUEST_H
#define CREEL_GUEST_H

typedef unsigned char u8;
typedef unsigned int u32;
typedef unsigned long long u64;

#define IMPORT(module, name) __attribute__((import_module(module), import_name(name))) extern
#define EXPORT(name) __attribute__((export_name(name)))
#define TYPES "wasi:http/types@0.2.12"
#define STREAMS "wasi:io/streams@0.2.12"

/* A place for results that do not fit one value; aligned for the largest of them. */
typedef struct {
  u8 tag;
  u32 a, b;
  u64 rest[8];
} ret __attribute__((aligned(8)));

IMPORT(TYPES, "[method]incoming-request.method") void request_method(u32 request, ret *out);
IMPORT(TYPES, "[method]incoming-request.path-with-query") void request_path(u32 request, ret *out);
IMPORT(TYPES, "[method]incoming-request.consume") void request_consume(u32 request, ret *out);
IMPORT(TYPES, "[resource-drop]incoming-request") void request_drop(u32 request);
IMPORT(TYPES, "[method]incoming-body.stream") void incoming_body_stream(u32 body, ret *out);
IMPORT(TYPES, "[resource-drop]incoming-body") void incoming_body_drop(u32 body);
IMPORT(TYPES, "[constructor]fields") u32 fields_new(void);
IMPORT(TYPES, "[method]fields.append")
void fields_append(u32 fields, const char *name, u32 name_length, const char *value, u32 value_length, ret *out);
IMPORT(TYPES, "[constructor]outgoing-response") u32 response_new(u32 headers);
IMPORT(TYPES, "[method]outgoing-response.set-status-code") u32 response_set_status(u32 response, u32 code);
IMPORT(TYPES, "[method]outgoing-response.body") void response_body(u32 response, ret *out);
IMPORT(TYPES, "[static]response-outparam.set")
void outparam_set(u32 outparam, u32 is_error, u32 response, u32 p0, u64 p1, u32 p2, u32 p3, u32 p4, u32 p5);
IMPORT(TYPES, "[method]outgoing-body.write") void outgoing_body_write(u32 body, ret *out);
IMPORT(TYPES, "[static]outgoing-body.finish")
void outgoing_body_finish(u32 body, u32 has_trailers, u32 trailers, ret *out);
IMPORT(STREAMS, "[method]input-stream.blocking-read") void stream_read(u32 stream, u64 length, ret *out);
IMPORT(STREAMS, "[resource-drop]input-stream") void input_stream_drop(u32 stream);
IMPORT(STREAMS, "[method]output-stream.blocking-write-and-flush")
void stream_write(u32 stream, const void *bytes, u32 length, ret *out);
IMPORT(STREAMS, "[resource-drop]output-stream") void output_stream_drop(u32 stream);
IMPORT("wasi:cli/stdout@0.2.12", "get-stdout") u32 get_stdout(void);
IMPORT("wasi:cli/stderr@0.2.12", "get-stderr") u32 get_stderr(void);
IMPORT("wasi:cli/exit@0.2.12", "exit") void cli_exit(u32 is_error);

/* Memory for what the host hands in: never freed, a guest lives for one request. */
extern u8 __heap_base;
static u32 heap_top;

EXPORT("cabi_realloc") void *cabi_realloc(void *old, u32 old_size, u32 align, u32 size) {
  if (heap_top == 0) heap_top = (u32)&__heap_base;
  u32 at = (heap_top + align - 1) & ~(align - 1);
  u32 end = at + size;
  u32 have = (u32)__builtin_wasm_memory_size(0) << 16;
  if (end > have && __builtin_wasm_memory_grow(0, (end - have + 0xffff) >> 16) == (u32)-1) __builtin_trap();
  heap_top = end;
  for (u32 i = 0; i < old_size && i < size; i++) ((u8 *)at)[i] = ((u8 *)old)[i];
  return (void *)at;
}

/* What was handed in so far is done with. */
static inline void forget_all(void) { heap_top = 0; }

static inline u32 length_of(const char *text) {
  u32 n = 0;
  while (text[n]) n++;
  return n;
}

static inline int starts_with(ret *path, const char *prefix) {
  u32 n = length_of(prefix);
  if (path->tag == 0 || path->b < n) return 0;
  for (u32 i = 0; i < n; i++)
    if (((u8 *)path->a)[i] != (u8)prefix[i]) return 0;
  return 1;
}

/* Starts a plain-text response and answers the stream of its body. */
typedef struct {
  u32 body, stream;
} answer;

static inline answer respond(u32 outparam, u32 status) {
  ret out;
  u32 headers = fields_new();
  fields_append(headers, "content-type", 12, "text/plain", 10, &out);
  u32 response = response_new(headers);
  response_set_status(response, status);
  response_body(response, &out);
  u32 body = out.a;
  outparam_set(outparam, 0, response, 0, 0, 0, 0, 0, 0);
  outgoing_body_write(body, &out);
  return (answer){body, out.a};
}

static inline int write_all(u32 stream, const void *bytes, u32 length) {
  ret out;
  for (u32 at = 0; at < length;) {
    u32 n = length - at > 4096 ? 4096 : length - at;
    stream_write(stream, (const u8 *)bytes + at, n, &out);
    if (out.tag) return 0;
    at += n;
  }
  return 1;
}

static inline void finish(answer a) {
  ret out;
  output_stream_drop(a.stream);
  outgoing_body_finish(a.body, 0, 0, &out);
}

#endif
