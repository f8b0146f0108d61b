// Holds the app to its message catalogues: every sentence in the source is one that each language has, no catalogue has
// one that nobody says, values and their places agree, and nothing that people read stands outside of them.
// Usage: node words.mjs [--list]
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
const sentences = new Set();
const nouns = new Set();

/** Attributes that people see or hear. */
const k_spoken = new Set(['title', 'aria-label', 'placeholder', 'alt', 'label', 'what']);
/** The same in every language: names, keys, formats. */
const k_same = /^(Touchline|JSON|CSV|NPS|Esc|Enter|touchline( \w+)*|touchline\.yaml|config\/examples|\W*)$/;
/** Pages for integrators that are in English only still. */
const k_english_only = /console\/(change|editor|effects|mappings|plan|replay|stories|studio|tap)\.tsx?$/;
const has_letters = text => /\p{L}{2,}/u.test(text);

function literals(node) {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isConditionalExpression(node)) return [...literals(node.whenTrue), ...literals(node.whenFalse)];
  if (ts.isParenthesizedExpression(node)) return literals(node.expression);
  return [];
}

function look(node, file) {
  const complain = text => {
    if (k_english_only.test(file.fileName)) return;
    const {line} = file.getLineAndCharacterOfPosition(node.getStart());
    problems.push(`${relative(web_folder, file.fileName)}:${line + 1}: "${text.trim().slice(0, 60)}" is not in the message catalogue`);
  };
  if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) {
    const name = node.expression.text;
    if (['t', 'rich', 'w'].includes(name) && node.arguments[0]) for (const text of literals(node.arguments[0])) sentences.add(text);
    if (name === 'counted' && node.arguments[1]) for (const text of literals(node.arguments[1])) nouns.add(text);
  } else if (ts.isJsxText(node)) {
    if (has_letters(node.text) && !k_same.test(node.text.trim()) && !within_code(node)) complain(node.text);
  } else if (ts.isJsxAttribute(node) && k_spoken.has(node.name.getText()) && node.initializer && ts.isStringLiteral(node.initializer)) {
    if (has_letters(node.initializer.text)) complain(node.initializer.text);
  }
  ts.forEachChild(node, child => look(child, file));
}
const within_code = node => node.parent && ts.isJsxElement(node.parent) && ['code', 'kbd'].includes(node.parent.openingElement.tagName.getText());

for (const name of files) {
  const path = join(source_folder, name);
  const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ESNext, true, name.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS);
  look(file, file);
}
/** What the daemon says from lists of its own; see word(). */
const vocabulary = readFileSync(join(source_folder, 'words', 'vocabulary.txt'), 'utf8').split('\n').filter(line => line && !line.startsWith('#'));

if (process.argv[2] === '--list') {
  console.log(JSON.stringify({sentences: [...sentences], nouns: [...nouns], vocabulary}, null, 1));
  process.exit(0);
}

const places = text => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).sort().join();
const folder = mkdtempSync(join(tmpdir(), 'touchline-words-'));
try {
  for (const language of ['fr', 'ar']) {
    const outfile = join(folder, `${language}.mjs`);
    await build({entryPoints: [join(source_folder, 'words', `${language}.ts`)], outfile, bundle: true, format: 'esm', logLevel: 'error'});
    const {default: catalogue} = await import(pathToFileURL(outfile));
    const wanted = new Set([...sentences, ...vocabulary, ...[...nouns].map(noun => `#${noun}`)]);
    for (const text of wanted) if (!(text in catalogue)) problems.push(`${language}: lacks "${text}"`);
    for (const [text, said] of Object.entries(catalogue)) {
      if (!wanted.has(text)) problems.push(`${language}: nobody says "${text}"`);
      if (text.startsWith('#')) {
        for (const category of new Intl.PluralRules(language).resolvedOptions().pluralCategories) {
          if (!(category in said)) problems.push(`${language}: "${text}" lacks the form ${category}`);
        }
      } else if (!said.trim()) problems.push(`${language}: "${text}" says nothing`);
      else if (places(text) !== places(said)) problems.push(`${language}: "${text}" and "${said}" name different values`);
    }
  }
} finally {
  rmSync(folder, {recursive: true});
}
for (const problem of problems) console.error(problem);
console.log(`${sentences.size} sentences, ${nouns.size} counted nouns, ${vocabulary.length} words of the daemon`);
process.exitCode = problems.length ? 1 : 0;
