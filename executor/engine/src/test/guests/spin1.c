/* A guest with the core-level ABI of Spin 1, without any library. By its path: /show what arrived; /ask what each interface of that
   time answers, by the number of its error (99: none); /status?N that status; /plain neither headers nor body.

   Rebuild: clang --target=wasm32 -O2 -nostdlib -ffreestanding -fno-builtin -Wl,--no-entry -Wl,--strip-all -o spin1.wasm spin1.c */
typedef unsigned char u8;
typedef unsigned int u32;
typedef unsigned long long u64;

#define IMPORT(module, name) __attribute__((import_module(module), import_name(name))) extern
#define EXPORT(name) __attribute__((export_name(name)))

typedef struct {
  char *at;
  u32 length;
} text;
typedef struct {
  text name, value;
} header;
typedef struct {
  u32 status, has_headers; /* each in the low bytes */
  header *headers;
  u32 header_count, has_body;
  text body;
} response;

/* A result that does not fit one value: 0 or 1, then the value or the error; aligned for the largest of them. */
typedef struct {
  u32 tag, a, b, c;
  u64 rest[8];
} ret __attribute__((aligned(8)));

IMPORT("spin-config", "get-config") void get_config(const char *key, u32 length, ret *out);
IMPORT("key-value", "open") void kv_open(const char *name, u32 length, ret *out);
IMPORT("key-value", "get") void kv_get(u32 store, const char *key, u32 length, ret *out);
IMPORT("sqlite", "open") void sqlite_open(const char *name, u32 length, ret *out);
IMPORT("outbound-redis", "get") void redis_get(const char *address, u32 al, const char *key, u32 kl, ret *out);
IMPORT("outbound-pg", "execute")
void pg_execute(const char *address, u32 al, const char *sql, u32 sl, void *params, u32 pl, ret *out);
IMPORT("outbound-mysql", "query")
void mysql_query(const char *address, u32 al, const char *sql, u32 sl, void *params, u32 pl, ret *out);
IMPORT("llm", "infer")
void llm_infer(const char *model, u32 ml, const char *prompt, u32 pl, u32 some, u32 max, float penalty, u32 last_n,
               float temperature, u32 top_k, float top_p, ret *out);

extern u8 __heap_base;
static u32 heap_top;

EXPORT("canonical_abi_realloc") void *canonical_abi_realloc(void *old, u32 old_size, u32 align, u32 size) {
  if (!heap_top) heap_top = (u32)&__heap_base;
  u32 at = (heap_top + align - 1) & ~(align - 1), end = at + size;
  u32 have = (u32)__builtin_wasm_memory_size(0) << 16;
  if (end > have && __builtin_wasm_memory_grow(0, (end - have + 0xffff) >> 16) == (u32)-1) __builtin_trap();
  heap_top = end;
  for (u32 i = 0; i < old_size && i < size; i++) ((u8 *)at)[i] = ((u8 *)old)[i];
  return (void *)at;
}

EXPORT("canonical_abi_free") void canonical_abi_free(void *at, u32 size, u32 align) {}

static char page[65536];
static u32 used;

static void put(const char *at, u32 length) {
  for (u32 i = 0; i < length && used < sizeof page; i++) page[used++] = at[i];
}

static u32 length_of(const char *c) {
  u32 n = 0;
  while (c[n]) n++;
  return n;
}

static void say(const char *c) { put(c, length_of(c)); }

static void say_number(u32 n) {
  if (n >= 10) say_number(n / 10);
  char digit = '0' + n % 10;
  put(&digit, 1);
}

static int starts(text t, const char *prefix) {
  u32 n = length_of(prefix);
  if (t.length < n) return 0;
  for (u32 i = 0; i < n; i++)
    if (t.at[i] != prefix[i]) return 0;
  return 1;
}

#define TEXT(literal) literal, sizeof(literal) - 1

/* `tag_at` tells where the number of the error is: byte 1 for enums, byte 4 or 8 for variants. */
static void outcome(const char *name, ret *out, u32 tag_at) {
  say(name);
  say(" ");
  say_number((out->tag & 0xff) ? ((u8 *)out)[tag_at] : 99);
  say("\n");
}

static void ask(void) {
  ret out;
  get_config(TEXT("greeting"), &out);
  say("config ");
  put((char *)out.a, out.b);
  say("\n");
  get_config(TEXT("Bad-Key"), &out);
  outcome("config", &out, 4);
  kv_open(TEXT("default"), &out);
  outcome("key-value", &out, 4);
  kv_get(7, TEXT("key"), &out);
  outcome("key-value", &out, 4);
  sqlite_open(TEXT("secret"), &out);
  outcome("sqlite", &out, 4);
  redis_get(TEXT("redis://127.0.0.1"), TEXT("key"), &out);
  outcome("redis", &out, 4);
  pg_execute(TEXT("host=127.0.0.1"), TEXT("SELECT 1"), (void *)8, 0, &out);
  outcome("pg", &out, 8);
  mysql_query(TEXT("mysql://127.0.0.1/x"), TEXT("SELECT 1"), (void *)8, 0, &out);
  outcome("mysql", &out, 4);
  llm_infer(TEXT("llama2-chat"), TEXT("hi"), 0, 0, 0, 0, 0, 0, 0, &out);
  outcome("llm", &out, 4);
}

static header type[] = {{{"Content-Type", 12}, {"text/first", 10}}, {{"content-type", 12}, {"text/plain", 10}}};
static response answer;

EXPORT("handle-http-request")
response *handle(u32 method, char *uri, u32 uri_length, header *headers, u32 header_count, header *params,
                 u32 param_count, u32 body_tag, char *body, u32 body_length) {
  text path = {uri, uri_length};
  answer.status = 200;
  answer.has_headers = 1;
  answer.headers = type;
  answer.header_count = 2;
  answer.has_body = 1;
  if (starts(path, "/show")) {
    say_number(method);
    say(" ");
    put(uri, uri_length);
    say("\n");
    for (u32 i = 0; i < header_count; i++) {
      put(headers[i].name.at, headers[i].name.length);
      say(": ");
      put(headers[i].value.at, headers[i].value.length);
      say("\n");
    }
    say_number(param_count);
    say(" ");
    say_number(body_tag);
    say(" ");
    put(body, body_length);
  } else if (starts(path, "/ask")) {
    ask();
  } else if (starts(path, "/status?")) {
    answer.status = 0;
    for (u32 i = 8; i < uri_length; i++) answer.status = answer.status * 10 + (uri[i] - '0');
    say("as asked");
  } else if (starts(path, "/plain")) {
    answer.has_headers = 0;
    answer.has_body = 0;
  } else {
    __builtin_trap();
  }
  answer.body.at = page;
  answer.body.length = used;
  return &answer;
}
