// Builds october.wasm: october.c and the types of its world in a custom section, as a core module of 2023 has them.
//
//   CLANG=clang-16 WASM_TOOLS_JS=…/jco-transpile/vendor/wasm-tools.js node october.mjs      (in this folder)
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

const { tools, $init } = await import(resolve(process.env.WASM_TOOLS_JS));
await $init;
const version = '0.2.0-rc-2023-10-18';
const world = `
package creel:october;
world october {
  import wasi:io/poll@${version};
  import wasi:io/streams@${version};
  import wasi:clocks/monotonic-clock@${version};
  import wasi:filesystem/types@${version};
  import wasi:filesystem/preopens@${version};
  import wasi:http/types@${version};
  import wasi:http/outgoing-handler@${version};
  export wasi:http/incoming-handler@${version};
}
`;
const handler = `
interface incoming-handler {
  use types.{incoming-request, response-outparam};
  handle: func(request: incoming-request, response-out: response-outparam);
}
`;
const text = readFileSync('../../../../wasi/src/main/resources/dev/creel/wasi/october.wit', 'utf8');
const packages = text.split(/^package ([^;]+);$/m).slice(1);
let source = world;
for (let i = 0; i < packages.length; i += 2) {
  source += `package ${packages[i]} {${packages[i + 1]}${packages[i].includes('http') ? handler : ''}}\n`;
}
execFileSync(process.env.CLANG ?? 'clang', [
  '--target=wasm32', '-O2', '-nostdlib', '-ffreestanding', '-fno-builtin', '-Wall', '-Wl,--no-entry', '-Wl,--strip-all',
  '-o', 'october.wasm', 'october.c',
], { stdio: 'inherit' });
writeFileSync('october.wasm', tools.componentEmbed({ binary: readFileSync('october.wasm'), witSource: source, world: 'october' }));
