// Holds the app to its message catalogues: every sentence in the source is one that each language has, no catalogue has
// one that nobody says, values and their places agree, and nothing that people read stands outside of them.
// Usage: node words.mjs [--list]   with --list it tells what there is, and complains of nothing
import {readdirSync, readFileSync} from 'node:fs';
import {join, relative} from 'node:path';
import {pathToFileURL} from 'node:url';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {require, web_folder} from './paths.mjs';

const ts = require('typescript');
const {build} = require('esbuild');
const source_folder = join(web_folder, 'src');
const files = readdirSync(source_folder, {recursive: true}).map(String).filter(name => /\.tsx?$/.test(name) && !name.startsWith('words/'));
const problems = [];
/** What each part of the app says; each part has catalogues of its own. */
const said = {first: new Set(), console: new Set()};

/** Attributes that people see or hear. */
const k_spoken = new Set(['title', 'aria-label', 'placeholder', 'alt', 'label', 'what']);
/** The same in every language: names, keys, formats. */
const k_same = /^(Touchline|JSON|CSV|NPS|Esc|Enter|touchline( \w+)*|touchline\.yaml|config\/examples|status == 'open'|\W*)$/;
const has_letters = text => /\p{L}{2,}/u.test(text);

function literals(node) {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isConditionalExpression(node)) return [...literals(node.whenTrue), ...literals(node.whenFalse)];
  if (ts.isParenthesizedExpression(node)) return literals(node.expression);
  return [];
}

function look(node, file, own) {
  const complain = text => {
    const {line} = file.getLineAndCharacterOfPosition(node.getStart());
    problems.push(`${relative(web_folder, file.fileName)}:${line + 1}: "${text.trim().slice(0, 60)}" is not in the message catalogue`);
  };
  if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) {
    const name = node.expression.text;
    if (['t', 'rich', 'w'].includes(name) && node.arguments[0]) for (const text of literals(node.arguments[0])) own.add(text);
    if (name === 'counted' && node.arguments[1]) for (const text of literals(node.arguments[1])) own.add(`#${text}`);
  } else if (ts.isJsxText(node)) {
    if (has_letters(node.text) && !k_same.test(node.text.trim()) && !within_code(node)) complain(node.text);
  } else if (ts.isJsxAttribute(node) && k_spoken.has(node.name.getText()) && node.initializer && ts.isStringLiteral(node.initializer)) {
    if (has_letters(node.initializer.text) && !k_same.test(node.initializer.text)) complain(node.initializer.text);
  }
  ts.forEachChild(node, child => look(child, file, own));
}
const within_code = node => node.parent && ts.isJsxElement(node.parent) && ['code', 'kbd'].includes(node.parent.openingElement.tagName.getText());

for (const name of files) {
  const path = join(source_folder, name);
  const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ESNext, true, name.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS);
  look(file, file, name.startsWith('console/') ? said.console : said.first);
}
/** What the daemon says from lists of its own; see word(). */
const vocabulary = readFileSync(join(source_folder, 'words', 'vocabulary.txt'), 'utf8').split('\n').filter(line => line && !line.startsWith('#'));

for (const text of vocabulary) said.first.add(text);
for (const text of said.first) said.console.delete(text);

const places = text => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).sort().join();
const folder = mkdtempSync(join(tmpdir(), 'touchline-words-'));

const nouns = new Map();
const translated = {};

async function catalogue_of(language, part) {
  const outfile = join(folder, `${part}-${language}.mjs`);
  const source = join(source_folder, 'words', part === 'console' ? 'console' : '', `${language}.ts`);
  await build({entryPoints: [source], outfile, bundle: true, format: 'esm', logLevel: 'error'});
  const {default: words, noun} = await import(pathToFileURL(outfile));
  if (part === 'console') return words(nouns.get(language));
  nouns.set(language, noun);
  return words;
}

function check(language, part, wanted, catalogue) {
  const complain = text => problems.push(`${language}, ${part}: ${text}`);
  for (const text of wanted) if (!(text in catalogue)) complain(`lacks "${text}"`);
  for (const [text, words] of Object.entries(catalogue)) {
    if (!wanted.has(text)) complain(`nobody says "${text}"`);
    if (text.startsWith('#')) {
      for (const category of new Intl.PluralRules(language).resolvedOptions().pluralCategories) {
        if (!(category in words)) complain(`"${text}" lacks the form ${category}`);
      }
    } else if (!words.trim()) complain(`"${text}" says nothing`);
    else if (places(text) !== places(words)) complain(`"${text}" and "${words}" name different values`);
  }
}

try {
  for (const language of ['fr', 'ar']) {
    for (const [part, wanted] of Object.entries(said)) {
      const catalogue = await catalogue_of(language, part);
      translated[language] = {...translated[language], ...catalogue};
      check(language, part, wanted, catalogue);
    }
  }
} finally {
  rmSync(folder, {recursive: true});
}
if (process.argv[2] === '--list') {
  console.log(JSON.stringify({first: [...said.first], console: [...said.console], translated}, null, 1));
  process.exit(0);
}
for (const problem of problems) console.error(problem);
console.log(`${said.first.size} sentences and words at once, ${said.console.size} more for the integrator`);
process.exitCode = problems.length ? 1 : 0;
