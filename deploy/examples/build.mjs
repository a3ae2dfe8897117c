// Builds a small guest: C → core module (clang) → component (wasm-tools).
//
//   node deploy/examples/build.mjs FILE.c …
//
// A FILE.wit beside it may say more than WASI: packages, and a world `more` that includes `guest` (all of WASI, exporting the HTTP
// handler) or `imports` (for libraries, which answer no requests).
//
// Needs clang and wasm-ld with the wasm32 target (Debian: clang, lld; CLANG names another clang) and the npm package
// @bytecodealliance/jco-transpile, found through WASM_TOOLS_JS or in a node_modules folder up from here.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const wit = join(here, '../../executor/wasi/src/main/resources/dev/creel/wasi');
const toolsJs = process.env.WASM_TOOLS_JS ?? join(here, 'node_modules/@bytecodealliance/jco-transpile/vendor/wasm-tools.js');
const { tools, $init } = await import(resolve(toolsJs));
await $init;

// Every interface of ours; what the module does not import is left out of the component.
const world = `
package creel:guest;
world imports {
  import wasi:io/poll@0.2.12;
  import wasi:io/error@0.2.12;
  import wasi:io/streams@0.2.12;
  import wasi:cli/environment@0.2.12;
  import wasi:cli/exit@0.2.12;
  import wasi:cli/stdin@0.2.12;
  import wasi:cli/stdout@0.2.12;
  import wasi:cli/stderr@0.2.12;
  import wasi:clocks/monotonic-clock@0.2.12;
  import wasi:clocks/wall-clock@0.2.12;
  import wasi:random/random@0.2.12;
  import wasi:filesystem/types@0.2.12;
  import wasi:filesystem/preopens@0.2.12;
  import wasi:http/types@0.2.12;
  import wasi:http/outgoing-handler@0.2.12;
}
world guest {
  include imports;
  export wasi:http/incoming-handler@0.2.12;
}
`;
const handler = `
interface incoming-handler {
  use types.{incoming-request, response-outparam};
  handle: func(request: incoming-request, response-out: response-outparam);
}
`;
const nested = (name, more = '') => {
  const text = readFileSync(join(wit, `${name}.wit`), 'utf8');
  const [, pkg] = text.match(/^package ([^;]+);/m);
  return `package ${pkg} {\n${text.replace(/^package [^;]+;/m, '')}\n${text.includes('interface incoming-handler') ? '' : more}}\n`;
};
const source =
  world + ['io', 'clocks', 'random', 'filesystem', 'sockets', 'cli'].map((name) => nested(name)).join('') + nested('http', handler);

for (const file of process.argv.slice(2)) {
  const scratch = mkdtempSync(join(tmpdir(), 'creel-guest-'));
  try {
    const core = join(scratch, 'core.wasm');
    execFileSync(process.env.CLANG ?? 'clang', [
      '--target=wasm32', '-O2', '-nostdlib', '-ffreestanding', '-fno-builtin', '-mbulk-memory',
      '-Wall', '-Wno-int-to-pointer-cast', '-Wno-pointer-to-int-cast',
      '-Wl,--no-entry', '-Wl,--strip-all', '-Wl,-z,stack-size=65536', '-o', core, file,
    ], { stdio: 'inherit' });
    const own = file.replace(/\.c$/, '.wit');
    const embedded = existsSync(own)
      ? tools.componentEmbed({ binary: readFileSync(core), witSource: source + readFileSync(own, 'utf8'), world: 'more' })
      : tools.componentEmbed({ binary: readFileSync(core), witSource: source, world: 'guest' });
    const component = tools.componentNew(embedded, []);
    const out = file.replace(/\.c$/, '.wasm');
    writeFileSync(out, component);
    console.log(`${out}: ${component.length} bytes`);
  } finally {
    rmSync(scratch, { recursive: true });
  }
}
