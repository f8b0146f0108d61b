// The bytes of a first visit, compressed with gzip, against their budget.
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {build_folder} from './paths.mjs';

const {assets} = JSON.parse(readFileSync(join(build_folder, 'assets.json'), 'utf8'));
const kilobytes = wanted => assets.filter(wanted).reduce((sum, {sizes}) => sum + (sizes.gzip ?? sizes.plain), 0) / 1024;
// Browsers fetch the second font only for names with letters beyond Latin-1, and the licences when asked.
const is_first_visit = ({path, later}) => !path.includes('latin-ext') && path !== '/licenses.txt' && !later;
/** Of the languages beside English, which is in the code, a browser fetches the one in use. */
const is_words = ({path}) => /^\/assets\/(fr|ar)-/.test(path);
const is_script = asset => asset.path.endsWith('.js') && !is_words(asset);
const words = Math.max(...assets.filter(is_words).map(asset => kilobytes(each => each === asset)));
const budgets = [
  ['JavaScript of the customer page', kilobytes(asset => is_script(asset) && !asset.later), 35],
  ['All JavaScript', kilobytes(is_script), 60],
  ['Words of one language', words, 12],
  ['CSS', kilobytes(({path}) => path.endsWith('.css')), 12],
  ['Fonts', kilobytes(asset => asset.path.endsWith('.woff2') && is_first_visit(asset)), 66],
  ['First visit', kilobytes(is_first_visit) + words, 150],
];
for (const [name, size, budget] of budgets) {
  const within = size <= budget;
  if (!within) process.exitCode = 1;
  console.log(`${name}: ${size.toFixed(1)} KB of ${budget} KB${within ? '' : ', over budget'}`);
}
