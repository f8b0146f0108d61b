// The one set of esbuild options: the app, the unit tests and the watcher bundle in the same way.
import {readFile} from 'node:fs/promises';
import {fileURLToPath} from 'node:url';

export const web_folder = fileURLToPath(new URL('..', import.meta.url));

/** `import mail from 'lucide-static/icons/mail.svg'` gives what is inside the <svg> element, on one line. */
const icons = {
  name: 'icons',
  setup(build) {
    build.onLoad({filter: /lucide-static[\\/]icons[\\/].*\.svg$/}, async ({path}) => {
      const svg = await readFile(path, 'utf8');
      const inside = svg.replace(/^[\s\S]*?<svg[^>]*>/, '').replace(/<\/svg>\s*$/, '');
      return {contents: inside.replace(/\s+/g, ' ').replaceAll(' />', '/>').trim(), loader: 'text'};
    });
  },
};

export const bundle_options = {
  absWorkingDir: web_folder,
  bundle: true,
  format: 'esm',
  target: ['chrome111', 'firefox113', 'safari16.4'],
  jsx: 'automatic',
  jsxImportSource: 'preact',
  nodePaths: [`${web_folder}node_modules`],
  loader: {'.woff2': 'file'},
  plugins: [icons],
  charset: 'utf8',
  logLevel: 'warning',
};
