/* A command of WASI preview 1 without any library, for the tests of commands, CGI and `creel run`.

   As CGI (PATH_INFO is set):  /vars  its environment,  /args  its arguments,  anything else: what it reads, printed as it is;
   then it ends as QUERY_STRING says: a number is its exit code, "trap" a trap, anything else a return.
   Otherwise: its arguments, its environment and what it reads, each line marked; an argument read:NAME prints a file of its
   first directory, write:NAME writes one there, exit:N ends it with N.

   Rebuild: clang --target=wasm32 -O2 -nostdlib -ffreestanding -fno-builtin -Wl,--no-entry -Wl,--strip-all -o command.wasm command.c */
typedef unsigned char u8;
typedef unsigned int u32;
typedef unsigned long long u64;

#define WASI(name) __attribute__((import_module("wasi_snapshot_preview1"), import_name(name))) extern
typedef struct {
  const void *bytes;
  u32 length;
} vector;

WASI("args_sizes_get") u32 args_sizes_get(u32 *count, u32 *bytes);
WASI("args_get") u32 args_get(char **pointers, char *text);
WASI("environ_sizes_get") u32 environ_sizes_get(u32 *count, u32 *bytes);
WASI("environ_get") u32 environ_get(char **pointers, char *text);
WASI("fd_read") u32 fd_read(u32 fd, const vector *into, u32 count, u32 *read);
WASI("fd_write") u32 fd_write(u32 fd, const vector *from, u32 count, u32 *written);
WASI("path_open")
u32 path_open(u32 fd, u32 lookup, const char *path, u32 length, u32 how, u64 rights, u64 inherited, u32 flags, u32 *opened);
WASI("proc_exit") void proc_exit(u32 code);

#define FIRST_DIRECTORY 3
#define CREATE_AND_TRUNCATE 9
#define RIGHT_READ 2
#define RIGHT_WRITE 64

static char *arguments[256], *variables[256];
static char argument_text[65536], variable_text[65536], block[65536];
static u32 argument_count, variable_count;

static u32 length_of(const char *text) {
  u32 n = 0;
  while (text[n]) n++;
  return n;
}

/* What follows `prefix` in `text`, or null. */
static const char *after(const char *text, const char *prefix) {
  while (*prefix)
    if (*text++ != *prefix++) return 0;
  return text;
}

static int same(const char *a, const char *b) {
  const char *rest = after(a, b);
  return rest && !*rest;
}

static const char *variable(const char *name) {
  for (u32 i = 0; i < variable_count; i++) {
    const char *rest = after(variables[i], name);
    if (rest && *rest == '=') return rest + 1;
  }
  return 0;
}

static u32 number(const char *text) {
  u32 n = 0;
  while (*text >= '0' && *text <= '9') n = n * 10 + (*text++ - '0');
  return n;
}

static void put(u32 fd, const void *bytes, u32 length) {
  while (length) {
    vector from = {bytes, length};
    u32 written = 0;
    if (fd_write(fd, &from, 1, &written)) proc_exit(74);
    bytes = (const u8 *)bytes + written;
    length -= written;
  }
}

static void say(const char *mark, const char *text) {
  put(1, mark, length_of(mark));
  put(1, text, length_of(text));
  put(1, "\n", 1);
}

static void copy(u32 from, u32 to) {
  for (;;) {
    vector into = {block, sizeof block};
    u32 count = 0;
    if (fd_read(from, &into, 1, &count)) proc_exit(75);
    if (!count) return;
    put(to, block, count);
  }
}

static void list(const char *mark, char **items, u32 count) {
  for (u32 i = 0; i < count; i++) say(mark, items[i]);
}

static u32 open_at(const char *path, u32 how, u64 rights) {
  u32 opened = 0;
  u32 error = path_open(FIRST_DIRECTORY, 0, path, length_of(path), how, rights, 0, 0, &opened);
  if (error) {
    say("error ", path);
    proc_exit(error);
  }
  return opened;
}

static void answer(const char *path) {
  if (same(path, "/vars")) {
    say("content-type: text/plain\n", "");
    list("", variables, variable_count);
  } else if (same(path, "/args")) {
    say("content-type: text/plain\n", "");
    list("", arguments, argument_count);
  } else {
    put(2, "asked for ", 10);
    put(2, path, length_of(path));
    put(2, "\n", 1);
    copy(0, 1);
  }
  const char *end = variable("QUERY_STRING");
  if (same(end, "trap")) __builtin_trap();
  if (*end >= '0' && *end <= '9') proc_exit(number(end));
}

__attribute__((export_name("_start"))) void start(void) {
  u32 bytes;
  args_sizes_get(&argument_count, &bytes);
  environ_sizes_get(&variable_count, &bytes);
  if (argument_count > 256 || variable_count > 256) proc_exit(76);
  args_get(arguments, argument_text);
  environ_get(variables, variable_text);
  const char *path = variable("PATH_INFO");
  if (path) {
    answer(path);
    return;
  }
  list("argument ", arguments, argument_count);
  list("variable ", variables, variable_count);
  u32 code = 0;
  for (u32 i = 1; i < argument_count; i++) {
    const char *name;
    if ((name = after(arguments[i], "read:"))) copy(open_at(name, 0, RIGHT_READ), 1);
    if ((name = after(arguments[i], "write:"))) put(open_at(name, CREATE_AND_TRUNCATE, RIGHT_WRITE), "written\n", 8);
    if ((name = after(arguments[i], "exit:"))) code = number(name);
  }
  copy(0, 1);
  if (code) proc_exit(code);
}
