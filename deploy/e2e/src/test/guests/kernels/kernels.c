/* Nine small programs that stress one thing each, for the comparison of engines. A command of WASI preview 1 times them by
   itself; a host may call run(kernel) as well, which answers with a checksum. No libc.
   Rebuild: clang-16 --target=wasm32 -O2 -mbulk-memory -nostdlib -fno-vectorize -fno-slp-vectorize -Wl,--export=run
   -Wl,--stack-first -z stack-size=65536 -o kernels.wasm kernels.c */
typedef unsigned char u8;
typedef unsigned int u32;
typedef unsigned long long u64;

/* Each kernel is a function of its own, as the compiler would otherwise make one of all. */
#define KERNEL static __attribute__((noinline))
#define WASI(name) __attribute__((import_module("wasi_snapshot_preview1"), import_name(name))) extern
WASI("clock_time_get") u32 clock_time_get(u32 id, u64 precision, u64 *time);
WASI("fd_write") u32 fd_write(u32 fd, const void *vectors, u32 count, u32 *written);

static u32 seed;
static u32 next(void) { return seed = seed * 1664525u + 1013904223u; }

/* sort: quicksort of numbers */
#define SORTED 150000
static u32 numbers[SORTED];
static void quick(u32 *a, int low, int high) {
  while (low < high) {
    u32 pivot = a[(low + high) >> 1];
    int i = low, j = high;
    while (i <= j) {
      while (a[i] < pivot) i++;
      while (a[j] > pivot) j--;
      if (i <= j) {
        u32 t = a[i];
        a[i++] = a[j];
        a[j--] = t;
      }
    }
    if (j - low < high - i) {
      quick(a, low, j);
      low = i;
    } else {
      quick(a, i, high);
      high = j;
    }
  }
}
KERNEL u32 sort(void) {
  seed = 1;
  for (int i = 0; i < SORTED; i++) numbers[i] = next();
  quick(numbers, 0, SORTED - 1);
  u32 sum = 0;
  for (int i = 0; i < SORTED; i++) sum = sum * 31 + numbers[i];
  return sum;
}

/* qsort: the same of things of any size, with a function that compares */
typedef int (*compare)(const void *, const void *);
static void swap(u8 *a, u8 *b, u32 size) {
  for (u32 i = 0; i < size; i++) {
    u8 t = a[i];
    a[i] = b[i];
    b[i] = t;
  }
}
static void generic(u8 *base, int count, u32 size, compare order) {
  while (count > 1) {
    u8 *pivot = base + (count >> 1) * size;
    swap(base, pivot, size);
    int last = 0;
    for (int i = 1; i < count; i++)
      if (order(base + i * size, base) < 0) swap(base + ++last * size, base + i * size, size);
    swap(base, base + last * size, size);
    if (last < count - last - 1) {
      generic(base, last, size, order);
      base += (last + 1) * size;
      count -= last + 1;
    } else {
      generic(base + (last + 1) * size, count - last - 1, size, order);
      count = last;
    }
  }
}
static int by_number(const void *a, const void *b) {
  u32 x = *(const u32 *)a, y = *(const u32 *)b;
  return x < y ? -1 : x > y;
}
static volatile compare order = by_number;
KERNEL u32 sort_anything(void) {
  seed = 2;
  for (int i = 0; i < 40000; i++) numbers[i] = next();
  generic((u8 *)numbers, 40000, 4, order);
  u32 sum = 0;
  for (int i = 0; i < 40000; i++) sum = sum * 31 + numbers[i];
  return sum;
}

/* mat: product of matrices */
#define SIDE 240
static double left[SIDE][SIDE], right[SIDE][SIDE], product[SIDE][SIDE];
KERNEL u32 multiply(void) {
  for (int i = 0; i < SIDE; i++)
    for (int j = 0; j < SIDE; j++) {
      left[i][j] = i + 0.5 * j;
      right[i][j] = i - 0.25 * j;
      product[i][j] = 0;
    }
  for (int i = 0; i < SIDE; i++)
    for (int k = 0; k < SIDE; k++) {
      double factor = left[i][k];
      for (int j = 0; j < SIDE; j++) product[i][j] += factor * right[k][j];
    }
  double sum = 0;
  for (int i = 0; i < SIDE; i++) sum += product[i][i];
  return (u32)(long long)sum;
}

/* sha: SHA-256, FIPS 180-4 */
static const u32 K[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be,
    0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa,
    0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85,
    0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3,
    0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f,
    0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};
#define ROTATE(x, n) ((x) >> (n) | (x) << (32 - (n)))
static u8 message[1 << 20];
static void block(u32 *h, const u8 *in) {
  u32 w[64];
  for (int i = 0; i < 16; i++) w[i] = (u32)in[4 * i] << 24 | in[4 * i + 1] << 16 | in[4 * i + 2] << 8 | in[4 * i + 3];
  for (int i = 16; i < 64; i++) {
    u32 s0 = ROTATE(w[i - 15], 7) ^ ROTATE(w[i - 15], 18) ^ w[i - 15] >> 3;
    u32 s1 = ROTATE(w[i - 2], 17) ^ ROTATE(w[i - 2], 19) ^ w[i - 2] >> 10;
    w[i] = w[i - 16] + s0 + w[i - 7] + s1;
  }
  u32 a = h[0], b = h[1], c = h[2], d = h[3], e = h[4], f = h[5], g = h[6], l = h[7];
  for (int i = 0; i < 64; i++) {
    u32 t1 = l + (ROTATE(e, 6) ^ ROTATE(e, 11) ^ ROTATE(e, 25)) + ((e & f) ^ (~e & g)) + K[i] + w[i];
    u32 t2 = (ROTATE(a, 2) ^ ROTATE(a, 13) ^ ROTATE(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
    l = g, g = f, f = e, e = d + t1, d = c, c = b, b = a, a = t1 + t2;
  }
  h[0] += a, h[1] += b, h[2] += c, h[3] += d, h[4] += e, h[5] += f, h[6] += g, h[7] += l;
}
KERNEL u32 hash(void) {
  u32 h[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  for (u32 i = 0; i < sizeof message; i++) message[i] = (u8)(i * 7);
  for (u32 i = 0; i < sizeof message; i += 64) block(h, message + i);
  return h[0] ^ h[7];
}

/* interp: a register machine, one instruction of four bytes at a time */
#define OPERATIONS(X) \
  X(0, a + b) X(1, a - b) X(2, a * b) X(3, a & b) X(4, a | b) X(5, a ^ b) X(6, a << (b & 31)) X(7, a >> (b & 31)) X(8, a < b) \
  X(9, a == b) X(10, a + b * 3) X(11, ~a + b) X(12, (a >> 1) + b) X(13, a * 5 - b) X(14, (a & 0xffff) * (b & 0xff)) X(15, a ^ (b >> 3))
#define FORMS(n, value) \
  case 6 * n: { u32 a = r[y], b = r[z]; r[x] = value; at += 4; break; } \
  case 6 * n + 1: { u32 a = r[y], b = z; r[x] = value; at += 4; break; } \
  case 6 * n + 2: { u32 a = r[y], b = heap[r[z] & 1023]; r[x] = value; at += 4; break; } \
  case 6 * n + 3: { u32 a = r[x], b = r[z]; heap[r[y] & 1023] = value; at += 4; break; } \
  case 6 * n + 4: { u32 a = r[x], b = r[y]; at += (value) & 1 ? 4 : 8; break; } \
  case 6 * n + 5: { u32 a = stack[top - 1 - (y & 3)], b = r[z]; stack[top] = value; top += top < 60 ? 1 : -40; at += 4; break; }
static u8 program[1 << 14];
static u32 heap[1024], stack[64], registers[16];
static u32 machine(u32 steps) {
  u32 *r = registers;
  u32 at = 0, top = 8;
  while (steps--) {
    const u8 *op = program + (at & (sizeof program - 1));
    u32 x = op[1], y = op[2], z = op[3];
    switch (op[0]) {
      OPERATIONS(FORMS)
      case 96: r[x] = stack[--top]; if (top < 8) top = 40; at += 4; break;
      case 97: r[x] = y << 8 | z; at += 4; break;
      case 98: r[x] = r[y]; at += 4; break;
      case 99: if (r[x]-- & 7) at -= 16; else at += 4; break;
      case 100: at = (r[x] & 1023) * 4; break;
      case 101: r[x] = (u32)-(int)r[y]; at += 4; break;
      default: at += 4;
    }
  }
  u32 sum = top;
  for (int i = 0; i < 16; i++) sum = sum * 31 + r[i];
  for (int i = 0; i < 1024; i++) sum = sum * 31 + heap[i];
  return sum;
}
KERNEL u32 interpret(void) {
  seed = 5;
  for (u32 i = 0; i < sizeof program; i += 4) {
    u32 n = next() >> 8;
    program[i] = (u8)(n % 97);
    program[i + 1] = (u8)(n >> 8 & 15);
    program[i + 2] = (u8)(n >> 12 & 15);
    program[i + 3] = (u8)(n >> 16 & 15);
    if (i % 252 == 0) program[i] = (u8)(97 + n % 5);
  }
  for (int i = 0; i < 16; i++) registers[i] = next();
  for (int i = 0; i < 1024; i++) heap[i] = next();
  for (int i = 0; i < 64; i++) stack[i] = next();
  return machine(2000000);
}

/* str: bytes one by one, and in bulk */
static u8 text[1 << 16], other[1 << 16];
static u32 length(const u8 *s) {
  u32 n = 0;
  while (s[n]) n++;
  return n;
}
static int differ(const u8 *a, const u8 *b) {
  while (*a && *a == *b) a++, b++;
  return *a - *b;
}
KERNEL u32 strings(void) {
  u32 sum = 0;
  for (int round = 0; round < 12; round++) {
    for (u32 i = 0; i < sizeof text - 1; i++) text[i] = (u8)('a' + (i * 7 + (u32)round) % 26);
    text[sizeof text - 1] = 0;
    sum += length(text);
    for (u32 i = 0; i < sizeof text; i++) other[i] = text[i] >= 'a' && text[i] <= 'z' ? (u8)(text[i] - 32) : text[i];
    sum += (u32)differ(text, other);
    u32 h = 2166136261u;
    for (const u8 *s = other; *s; s++) h = (h ^ *s) * 16777619u;
    sum += h;
    for (u32 i = 0; i < sizeof text - 64; i += 37) __builtin_memcpy(other + i, text + i, 24);
    __builtin_memcpy(other, text, sizeof text);
    sum += (u32)differ(text, other) + other[round];
  }
  return sum;
}

/* fib: calls of itself */
static u32 fibonacci(u32 n) { return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2); }
static volatile u32 thirty = 30;
KERNEL u32 recurse(void) { return fibonacci(thirty); }

/* icall, imono: calls by table, to sixteen functions or to one */
#define TARGETS(X) X(0) X(1) X(2) X(3) X(4) X(5) X(6) X(7) X(8) X(9) X(10) X(11) X(12) X(13) X(14) X(15)
#define TARGET(n) static u32 target##n(u32 a, u32 b) { return (a * (n + 3u)) ^ (b + n) ^ (a >> (n & 7)); }
TARGETS(TARGET)
#define NAME(n) target##n,
static u32 (*volatile targets[16])(u32, u32) = {TARGETS(NAME)};
KERNEL u32 call_many(void) {
  u32 sum = 1;
  for (u32 i = 0; i < 1500000; i++) sum = targets[(sum >> 3 ^ i) & 15](sum, i);
  return sum;
}
KERNEL u32 call_one(void) {
  u32 sum = 1;
  for (u32 i = 0; i < 3000000; i++) sum = targets[7](sum, i);
  return sum;
}

u32 run(u32 kernel) {
  switch (kernel) {
    case 0: return sort();
    case 1: return sort_anything();
    case 2: return multiply();
    case 3: return hash();
    case 4: return interpret();
    case 5: return strings();
    case 6: return recurse();
    case 7: return call_many();
    default: return call_one();
  }
}

static void print(u64 number, char last) {
  char digits[24];
  u32 at = sizeof digits;
  digits[--at] = last;
  do digits[--at] = (char)('0' + number % 10);
  while (number /= 10);
  const void *vector[2] = {digits + at, (void *)(sizeof digits - at)};
  u32 written;
  fd_write(1, vector, 1, &written);
}

/* A line for each kernel: its number, its checksum, and the least nanoseconds of 15 runs. */
void _start(void) {
  for (u32 kernel = 0; kernel < 9; kernel++) {
    u64 best = ~0ull, from, to;
    u32 sum = 0;
    for (int i = 0; i < 15; i++) {
      clock_time_get(1, 1, &from);
      sum = run(kernel);
      clock_time_get(1, 1, &to);
      if (to - from < best) best = to - from;
    }
    print(kernel, ' ');
    print(sum, ' ');
    print(best, '\n');
  }
}
