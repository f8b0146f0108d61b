// The way between pages that belong together.
import type {Page} from '../lib/address';
import {t, w} from '../lib/words';
import {may_open} from '../ui/console';

type Place = [string, string, string[]];
const k_tools: Place[] = [
  ['/connections', w('Connections'), ['connections', 'connection']], ['/mappings', w('Mappings'), ['mappings', 'mapping']],
  ['/plan', w('Plan'), ['plan']], ['/replay', w('Replay'), ['replay']], ['/tap', w('Tap'), ['tap']],
];
const k_access: Place[] = [['/users', w('Users'), ['users']], ['/audit', w('Record|audit'), ['audit']]];

export function Tools({here}: {here: Page}) {
  const places = [k_tools, k_access].find(group => group.some(([, , names]) => names.includes(here.name)));
  if (!places) return null;
  return (
    <nav class="console-tools" aria-label={t('Tools')}>
      {places.filter(([path]) => may_open(path)).map(([path, label, names]) => <a key={path} href={path} aria-current={names.includes(here.name) ? 'page' : undefined}>{t(label)}</a>)}
    </nav>
  );
}
