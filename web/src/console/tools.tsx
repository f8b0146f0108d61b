// The way between the pages on which something is changed.
import type {Page} from '../lib/address';
import {t, w} from '../lib/words';
import {may_open} from '../ui/console';

const k_tools: [string, string, string[]][] = [
  ['/connections', w('Connections'), ['connections', 'connection']], ['/mappings', w('Mappings'), ['mappings', 'mapping']],
  ['/plan', w('Plan'), ['plan']], ['/replay', w('Replay'), ['replay']], ['/tap', w('Tap'), ['tap']],
];

export function Tools({here}: {here: Page}) {
  if (!k_tools.some(([, , names]) => names.includes(here.name))) return null;
  return (
    <nav class="console-tools" aria-label={t('Tools')}>
      {k_tools.filter(([path]) => may_open(path)).map(([path, label, names]) => <a key={path} href={path} aria-current={names.includes(here.name) ? 'page' : undefined}>{t(label)}</a>)}
    </nav>
  );
}
