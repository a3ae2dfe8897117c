/* Another application over the same dependency.
   Rebuild: node deploy/examples/build.mjs executor/host/src/test/guests/other-front.c */
#define GREETING "greetings from elsewhere"
#include "front.c"
