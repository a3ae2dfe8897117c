// Makes rules.json of rules.wat: node build.mjs, with WASM_TOOLS_JS naming wasm-tools.js of @bytecodealliance/jco-transpile.
import fs from 'node:fs';
const { tools, $init } = await import(process.env.WASM_TOOLS_JS);
await $init;
const here = new URL('.', import.meta.url).pathname;
const rules = [];
for (const part of fs.readFileSync(here + 'rules.wat', 'utf8').split(/^;; /m).slice(2)) {
  const [head, ...body] = part.split('\n');
  const [about, refusal = ''] = head.split(' | ');
  try {
    const component = Buffer.from(tools.parse(body.join('\n'))).toString('base64');
    rules.push({ about, refusal, component });
  } catch (e) {
    console.error(about + ': ' + String(e.payload ?? e.message).split('\n')[0]);
    process.exitCode = 1;
  }
}
fs.writeFileSync(here + 'rules.json', '[\n' + rules.map((one) => JSON.stringify(one)).join(',\n') + '\n]\n');
