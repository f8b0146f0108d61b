// The bytes of a first visit, and of what is fetched later, compressed with gzip, against their budgets.
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {build_folder} from './paths.mjs';

const {assets} = JSON.parse(readFileSync(join(build_folder, 'assets.json'), 'utf8'));
const kilobytes = wanted => assets.filter(wanted).reduce((sum, {sizes}) => sum + (sizes.gzip ?? sizes.plain), 0) / 1024;
// Browsers fetch the second font only for names with letters beyond Latin-1, and the licences when asked.
const is_first_visit = ({path, later}) => !path.includes('latin-ext') && path !== '/licenses.txt' && !later;
const is_script = ({path}) => path.endsWith('.js');
/** Of the languages beside English, which is in the code, a browser fetches the one in use. */
const words_of = wanted => Math.max(...assets.filter(({part}) => part === `words of ${wanted}`).map(asset => kilobytes(each => each === asset)));
const budgets = [
  ['JavaScript of the customer page', kilobytes(asset => is_script(asset) && !asset.later), 35],
  ['All JavaScript of an agent', kilobytes(asset => is_script(asset) && asset.part === 'agent'), 60],
  ['The integrator’s besides', kilobytes(({part}) => part === 'console'), 24],
  ['Words of one language', words_of('agent'), 12],
  ['The integrator’s words besides', words_of('console'), 12],
  ['CSS', kilobytes(({path}) => path.endsWith('.css')), 12],
  ['Fonts', kilobytes(asset => asset.path.endsWith('.woff2') && is_first_visit(asset)), 66],
  ['First visit', kilobytes(is_first_visit) + words_of('agent'), 150],
];
for (const [name, size, budget] of budgets) {
  // Nothing at all is no success either: then the parts are not told apart any more.
  const within = size > 0 && size <= budget;
  if (!within) process.exitCode = 1;
  console.log(`${name}: ${size.toFixed(1)} KB of ${budget} KB${within ? '' : ', over budget'}`);
}
