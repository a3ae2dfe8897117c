/* A library of words, for other components.
   Rebuild: node deploy/examples/build.mjs executor/host/src/test/guests/words.c */
#include "../../../../../deploy/examples/guest.h"

IMPORT("wasi:cli/environment@0.2.12", "get-environment") void get_environment(ret *out);

static struct {
  const char *at;
  u32 length;
} result;

EXPORT("demo:words/words@1.0.0#shout") void *shout(u8 *text, u32 length) {
  for (u32 i = 0; i < length; i++)
    if (text[i] >= 'a' && text[i] <= 'z') text[i] -= 32;
  result.at = (char *)text;
  result.length = length;
  return &result;
}

/* Whether it sees variables of the environment. */
EXPORT("demo:words/words@1.0.0#sight") void *sight(void) {
  ret out;
  get_environment(&out);
  result.at = ((u32 *)&out)[1] ? "the library sees variables" : "the library sees none";
  result.length = length_of(result.at);
  return &result;
}
