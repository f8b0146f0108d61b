// Where one can go: a rail on the left, a bar at the foot of a phone.
import {page} from '../state/route';
import {waiting_work} from '../state/waiting_work';
import type {Glyph} from './icons';
import {Hidden, Icon, Logo} from './parts';
import {t, w} from '../lib/words';
import {may_open} from './console';

const k_places: [string, string, Glyph][] = [
  ['/', w('Customers'), 'people'], ['/review', w('Review'), 'review'], ['/connections', w('Connections'), 'connections'],
  ['/dead-letters', w('Dead letters'), 'dead'], ['/destinations', w('Destinations'), 'destinations'],
];
/** Pages that are under none of these names are under Connections. */
const k_under: Record<string, string> = {home: '/', customer: '/', find: '/', review: '/review', dead_letters: '/dead-letters', destinations: '/destinations', users: '', audit: '', unknown: ''};

export function Rail() {
  const here = k_under[page.value.name] ?? '/connections';
  return (
    <nav class="rail" aria-label={t('Main')}>
      <a class="logo" href="/" aria-label={t('Touchline, start page')}><Logo /></a>
      {k_places.filter(([path]) => path === '/' || may_open(path)).map(([path, label, icon]) => {
        const count = waiting_work.value[path] ?? 0;
        return (
          <a key={path} href={path} aria-current={path === here ? 'page' : undefined} title={t(label)}>
            <Icon name={icon} size={18} />
            <span>{t(label)}</span>
            {count ? <em>{count > 99 ? '99+' : count}<Hidden> {t('waiting')}</Hidden></em> : null}
          </a>
        );
      })}
    </nav>
  );
}
