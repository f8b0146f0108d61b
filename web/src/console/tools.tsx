// The way between the pages on which something is changed.
import type {Page} from '../lib/address';

const k_tools: [string, string, string[]][] = [
  ['/connections', 'Connections', ['connections', 'connection']], ['/mappings', 'Mappings', ['mappings', 'mapping']],
  ['/plan', 'Plan', ['plan']], ['/replay', 'Replay', ['replay']], ['/tap', 'Tap', ['tap']],
];

export function Tools({here}: {here: Page}) {
  if (!k_tools.some(([, , names]) => names.includes(here.name))) return null;
  return (
    <nav class="tools" aria-label="Tools">
      {k_tools.map(([path, label, names]) => <a key={path} href={path} aria-current={names.includes(here.name) ? 'page' : undefined}>{label}</a>)}
    </nav>
  );
}
