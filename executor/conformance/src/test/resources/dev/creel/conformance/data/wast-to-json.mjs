// Turns scripts of WebAssembly's text format (.wast) into binaries and JSON. Modules and components go through wasm-tools; what it
// cannot parse is kept as text, with the reason.
//
//     node wast-to-json.mjs WASM_TOOLS_JS [SCRIPT.wast OUT_FOLDER]...
//
// OUT_FOLDER/script.json: {source_filename, commands: [{type, line, …}]}; beside it N.wasm or N.wat. A script that cannot be read has
// an error instead of commands.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [encoder, ...jobs] = process.argv.slice(2);
const { tools, $init } = await import(pathToFileURL(encoder));
await $init;

function convert(script, folder) {
  mkdirSync(folder, { recursive: true });
  let converted;
  try {
    converted = { commands: commandsOf(readFileSync(script, 'utf8'), folder) };
  } catch (e) {
    converted = { error: String(e.message ?? e) };
  }
  writeFileSync(join(folder, 'script.json'), JSON.stringify({ source_filename: basename(script), ...converted }));
}

function commandsOf(source, folder) {
  const commands = new Commands(source, folder);
  const forms = parse(source).filter((form) => !head(form)?.startsWith('@'));
  // A script may be the inside of a single module.
  const bare = /^(type|rec|import|func|memory|table|global|export|start|elem|data|tag)$/.test(head(forms[0]) ?? '');
  return bare
    ? [{ type: 'module', line: 1, ...commands.encoded(`(module ${source}\n)`) }]
    : forms.map((form) => commands.of(form));
}

// --- S-expressions: {list, start, end, line}, {atom, …} or {bytes, …}; bytes because strings may hold anything ---------------------

function parse(source) {
  const token = /[ \t\r\n]+|;;[^\n]*|\(;|[()]|"(?:[^"\\]|\\[^])*"|(?:[^ \t\r\n()";]|;(?!;))+/y;
  const open = [{ list: [] }];
  let line = 1;
  for (let at = 0; at < source.length; ) {
    token.lastIndex = at;
    let text = token.exec(source)?.[0];
    if (text === undefined) throw new Error(`line ${line}: ${source.slice(at, at + 20)}`);
    if (text === '(;') text = source.slice(at, endOfComment(source, at));
    const end = at + text.length;
    const place = { start: at, end, line };
    if (text === '(') open.push({ ...place, list: [] });
    else if (text === ')') {
      const done = open.pop();
      if (open.length === 0) throw new Error(`line ${line}: a parenthesis too many`);
      open.at(-1).list.push({ ...done, end });
    } else if (text[0] === '"') open.at(-1).list.push({ ...place, bytes: unescaped(text.slice(1, -1)) });
    else if (!/^([ \t\r\n]|;;|\(;)/.test(text)) open.at(-1).list.push({ ...place, atom: text });
    for (const c of text) if (c === '\n') line++;
    at = end;
  }
  if (open.length !== 1) throw new Error(`line ${open.at(-1).line}: no closing parenthesis`);
  return open[0].list;
}

function endOfComment(source, start) {
  let depth = 0;
  for (let at = start; at < source.length; at++) {
    if (source.startsWith('(;', at)) depth++, at++;
    else if (source.startsWith(';)', at) && (at++, --depth === 0)) return at + 1;
  }
  throw new Error('a comment without an end');
}

function unescaped(text) {
  const simple = { n: '\n', t: '\t', r: '\r' };
  const parts = [];
  for (const [, raw, unicode, hex, other] of text.matchAll(/([^\\]+)|\\u\{([\da-fA-F_]+)\}|\\([\da-fA-F]{2})|\\([^])/g)) {
    if (hex !== undefined) parts.push(Buffer.from([parseInt(hex, 16)]));
    else if (unicode !== undefined) parts.push(Buffer.from(String.fromCodePoint(parseInt(unicode.replaceAll('_', ''), 16))));
    else parts.push(Buffer.from(raw ?? simple[other] ?? other));
  }
  return Buffer.concat(parts);
}

function head(form) {
  return form?.list?.[0]?.atom;
}

// --- Commands ----------------------------------------------------------------------------------------------------------------------

class Commands {
  #source;
  #folder;
  #units = 0;

  constructor(source, folder) {
    this.#source = source;
    this.#folder = folder;
  }

  of(form) {
    const type = head(form);
    const rest = form.list.slice(1);
    const at = { line: form.line };
    if (type === 'module' || type === 'component') return { ...at, ...this.#unit(form, type) };
    if (type === 'register') return { type, ...at, as: string(rest[0]), name: rest[1]?.atom };
    if (type === 'invoke' || type === 'get') return { type: 'action', ...at, action: action(form) };
    if (type === 'assert_return') return { type, ...at, action: action(rest[0]), expected: rest.slice(1).map(value) };
    if (type?.startsWith('assert_')) {
      const text = rest.at(-1).bytes && string(rest.at(-1));
      const kind = head(rest[0]);
      const what = kind === 'module' || kind === 'component' ? { ...this.#unit(rest[0], kind), type } : { type, action: action(rest[0]) };
      return { ...what, ...at, text };
    }
    // Threads and what else scripts may hold: left to whoever plays them to refuse.
    return { type: String(type), ...at };
  }

  #unit(form, kind) {
    let rest = form.list.slice(1);
    if (rest[0]?.atom === 'instance') return { type: `${kind}_instance`, name: rest[1]?.atom, of: rest[2]?.atom };
    const definition = rest[0]?.atom === 'definition';
    if (definition) rest = rest.slice(1);
    const inside = rest.length === 0 ? ')' : this.#source.slice(rest[0].start, form.end);
    const name = rest[0]?.atom?.startsWith('$') ? rest.shift().atom : undefined;
    const command = { type: definition ? `${kind}_definition` : kind, kind, name };
    if (rest[0]?.atom === 'binary') return { ...command, ...this.#kept(bytes(rest.slice(1))) };
    if (rest[0]?.atom !== 'quote') return { ...command, ...this.encoded(`(${kind} ${inside}`) };
    const quoted = bytes(rest.slice(1)).toString('utf8');
    return { ...command, ...this.encoded(/^\s*\((module|component)\b/.test(quoted) ? quoted : `(${kind} ${quoted})`) };
  }

  encoded(text) {
    // The tool refuses characters that change the direction of text unless they are escaped.
    const plain = text.replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, (c) => `\\u{${c.codePointAt(0).toString(16)}}`);
    try {
      return this.#kept(tools.parse(plain));
    } catch (e) {
      const filename = `${this.#units++}.wat`;
      writeFileSync(join(this.#folder, filename), plain);
      return { filename, module_type: 'text', parse_error: String(e.payload ?? e.message).split('\n')[0] };
    }
  }

  #kept(binary) {
    const filename = `${this.#units++}.wasm`;
    writeFileSync(join(this.#folder, filename), binary);
    return { filename, module_type: 'binary' };
  }
}

function bytes(forms) {
  return Buffer.concat(forms.map((form) => form.bytes));
}

function string(form) {
  return form.bytes.toString('utf8');
}

function action(form) {
  const rest = form.list.slice(1);
  const module = rest[0]?.atom ? rest.shift().atom : undefined;
  return { type: head(form), module, field: string(rest[0]), args: rest.slice(1).map(value) };
}

// --- Values ------------------------------------------------------------------------------------------------------------------------

function value(form) {
  const rest = form.list.slice(1);
  const payload = (forms) => (forms.length === 0 ? null : value(forms[0].list ? forms[0] : { list: forms }));
  const plain = (atom) => atom.replaceAll('_', '');
  switch (head(form)) {
    case 'str.const': return { type: 'string', value: string(rest[0]) };
    case 'char.const': return { type: 'char', value: string(rest[0]) };
    case 'bool.const': return { type: 'bool', value: rest[0].atom === 'true' };
    case 'list.const': return { type: 'list', value: rest.map(value) };
    case 'tuple.const': return { type: 'tuple', value: rest.map(value) };
    case 'map.const': return { type: 'map', value: rest.map((entry) => entry.list.filter((one) => one.list).map(value)) };
    case 'record.const': return { type: 'record', value: rest.map((field) => [string(field.list[1]), payload(field.list.slice(2))]) };
    case 'variant.const': return { type: 'variant', case: string(rest[0]), payload: payload(rest.slice(1)) };
    case 'enum.const': return { type: 'enum', value: string(rest[0]) };
    case 'flags.const': return { type: 'flags', value: rest.map(string) };
    case 'option.none': return { type: 'option', value: null };
    case 'option.some': return { type: 'option', value: payload(rest) };
    case 'result.ok': return { type: 'result', ok: true, value: payload(rest) };
    case 'result.err': return { type: 'result', ok: false, value: payload(rest) };
    case 'either': return { type: 'either', values: rest.map(value) };
  }
  const constant = /^(.*)\.const$/.exec(head(form));
  if (constant) return { type: constant[1], value: rest.map((one) => plain(one.atom)).join(' ') };
  return { type: head(form), value: rest[0]?.atom ?? null };
}

for (let i = 0; i < jobs.length; i += 2) convert(jobs[i], jobs[i + 1]);
