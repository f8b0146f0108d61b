// Usage: node tools/build.mjs OUTPUT_FOLDER [DEPFILE]
// Bundles the app, gives every file but the page a name with its content hash, compresses, and writes into the folder:
//   assets/…        the files as they are, and .gz and .br beside those worth compressing
//   assets.json     what there is, for the mock server and the size test
//   asset_data.S, asset_table.cpp   the same for the binary
import {build} from 'esbuild';
import {createHash} from 'node:crypto';
import {mkdir, readFile, rm, writeFile} from 'node:fs/promises';
import {basename, join, resolve} from 'node:path';
import {brotliCompressSync, constants, gzipSync} from 'node:zlib';
import {bundle_options, web_folder} from './bundle.mjs';
import {pages_of} from './docs.mjs';
import {assembly, table} from './embed.mjs';

const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};
/** Parts of these reach the browser, so their licences come along. */
const shipped_packages = ['preact', '@preact/signals', '@preact/signals-core', 'lucide-static', '@fontsource-variable/inter'];
const extension = name => name.slice(name.lastIndexOf('.'));
const hash_of = bytes => createHash('sha256').update(bytes).digest('base64url').slice(0, 12);

const options = {
  ...bundle_options, outdir: '/assets', assetNames: '[name]-[hash]', chunkNames: '[name]-[hash]', minify: true, legalComments: 'none', metafile: true, write: false,
};
// What an agent's browser needs at once, and parts that are fetched when first asked for. The theme runs before all of it.
const built = await Promise.all([
  build({...options, entryPoints: {app: 'src/main.tsx'}, splitting: true}),
  build({...options, entryPoints: {theme: 'src/theme_start.ts'}}),
]);
const output_files = built.flatMap(({outputFiles}) => outputFiles);
const inputs = built.flatMap(({metafile}) => Object.keys(metafile.inputs));
const {outputs} = built[0].metafile;
/** The files that come with this one: it, what it imports outright, and of what it imports later that which is wanted. */
function reach(output, wants_later, found = new Set()) {
  const name = Object.keys(outputs).find(each => basename(each) === basename(output));
  if (found.has(basename(name))) return found;
  found.add(basename(name));
  for (const {path, kind} of outputs[name].imports) {
    if (kind === 'import-statement' || wants_later(outputs[path]?.entryPoint ?? '')) reach(path, wants_later, found);
  }
  return found;
}
const at_once = reach('app.js', () => false);
const of_agents = reach('app.js', entry => !/^src\/(console|words)\//.test(entry));
/** Whom a script is for: everybody, integrators, or who reads a language. */
function part_of(name) {
  if (!name.endsWith('.js') || name === 'theme.js' || of_agents.has(name)) return 'agent';
  const entry = Object.entries(outputs).find(([path]) => basename(path) === name)[1].entryPoint ?? '';
  return entry.includes('/words/') ? `words of ${entry.includes('/words/console/') ? 'console' : 'agent'}` : 'console';
}

const output = resolve(process.argv[2]);
const folder = join(output, 'assets');
await rm(folder, {recursive: true, force: true});
await mkdir(folder, {recursive: true});

const assets = [];
async function add(path, bytes, immutable, later = false, part = 'agent') {
  const asset = {path, file: basename(path), type: types[extension(path)], etag: `"${hash_of(bytes)}"`, immutable, later, part, sizes: {plain: bytes.length}};
  await writeFile(join(folder, asset.file), bytes);
  if (extension(path) !== '.woff2') {
    const gzip = gzipSync(bytes, {level: 9});
    const brotli = brotliCompressSync(bytes, {params: {[constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length}});
    await writeFile(join(folder, `${asset.file}.gz`), gzip);
    await writeFile(join(folder, `${asset.file}.br`), brotli);
    Object.assign(asset.sizes, {gzip: gzip.length, brotli: brotli.length});
  }
  assets.push(asset);
}

// Where the page writes {{app.js}}, the hashed name goes. Fonts carry esbuild's hash already, the style sheet names them.
const named = new Map();
async function add_hashed(name, bytes, hashed_name, later, part) {
  const path = `/assets/${hashed_name ?? name.replace(/(\.\w+)$/, `-${hash_of(bytes)}$1`)}`;
  named.set(name, path);
  await add(path, bytes, true, later, part);
}
const k_entries = ['app.js', 'app.css', 'theme.js'];
for (const file of output_files) {
  const name = basename(file.path);
  const hashed = k_entries.includes(name) ? undefined : name;
  await add_hashed(hashed ? name.replace(/-[A-Z0-9]{8}(?=\.)/, '') : name, Buffer.from(file.contents), hashed, extension(name) === '.js' && name !== 'theme.js' && !at_once.has(name), part_of(name));
}
await add_hashed('icon.svg', await readFile(join(web_folder, 'icon.svg')));

const template = await readFile(join(web_folder, 'index.html'), 'utf8');
const page = template.replace(/\{\{(.+?)\}\}/g, (_, name) => {
  if (!named.has(name)) throw new Error(`index.html names ${name}, which the build does not make`);
  return named.get(name);
});
await add('/index.html', Buffer.from(page), false);
const help_names = ['agents', 'operating', 'architecture'];
const help_file = name => join(web_folder, '..', 'docs', `${name}.md`);
const documents = await Promise.all(help_names.map(async name => ({name, markdown: await readFile(help_file(name), 'utf8')})));
const head = /<head>\n([\s\S]*?)\n<\/head>/.exec(page)[1].split('\n').filter(line => !line.includes('type="module"')).join('\n');
for (const {path, html} of pages_of(documents, head)) await add(`${path}.html`, Buffer.from(html), false, true);
const licenses = await Promise.all(shipped_packages.map(async name =>
  `${name}\n\n${(await readFile(join(web_folder, 'node_modules', name, 'LICENSE'), 'utf8')).trim()}\n`));
await add('/licenses.txt', Buffer.from(licenses.join('\n\n')), false);
assets.sort((a, b) => (a.path < b.path ? -1 : 1));

const policy = (await readFile(join(web_folder, 'content-security-policy.txt'), 'utf8')).trim();
await writeFile(join(output, 'assets.json'), JSON.stringify({policy, assets}, null, 1));
await writeFile(join(output, 'asset_data.S'), assembly(assets, folder));
await writeFile(join(output, 'asset_table.cpp'), table(assets, policy));

if (process.argv[3]) {
  const sources = inputs.map(input => resolve(web_folder, input));
  const own = ['index.html', 'icon.svg', 'content-security-policy.txt', 'tools/build.mjs', 'tools/bundle.mjs', 'tools/docs.mjs', 'tools/embed.mjs'];
  const all = [...sources, ...own.map(file => join(web_folder, file)), ...help_names.map(help_file)].map(file => file.replaceAll(' ', '\\ '));
  const targets = ['asset_data.S', 'asset_table.cpp'].map(file => join(output, file).replaceAll(' ', '\\ '));
  await writeFile(process.argv[3], `${targets.join(' ')}: ${all.join(' ')}\n`);
}
