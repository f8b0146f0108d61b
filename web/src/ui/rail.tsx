// Where one can go: a rail on the left, a bar at the foot of a phone.
import {page} from '../state/route';
import {waiting_work} from '../state/waiting_work';
import type {Glyph} from './icons';
import {Hidden, Icon, Logo} from './parts';
import {t, w} from '../lib/words';
import {is_allowed} from './console';
import type {Page} from '../lib/address';

const k_places: {path: string; label: string; icon: Glyph; pages: Page['name'][]}[] = [
  {path: '/', label: w('Customers'), icon: 'people', pages: ['home', 'customer', 'find']},
  {path: '/review', label: w('Review'), icon: 'review', pages: ['review']},
  {path: '/connections', label: w('Connections'), icon: 'connections', pages: ['connections', 'connection']},
  {path: '/dead-letters', label: w('Dead letters'), icon: 'dead', pages: ['dead_letters']},
  {path: '/destinations', label: w('Destinations'), icon: 'destinations', pages: ['destinations']},
];

export function Rail() {
  const here = page.value.name;
  return (
    <nav class="rail" aria-label={t('Main')}>
      <a class="logo" href="/" aria-label={t('Touchline, start page')}><Logo /></a>
      {k_places.filter(({pages}) => is_allowed({name: pages[0]!})).map(({path, label, icon, pages}) => {
        const count = waiting_work.value[path] ?? 0;
        return (
          <a key={path} href={path} aria-current={pages.includes(here) ? 'page' : undefined} title={t(label)}>
            <Icon name={icon} size={18} />
            <span>{t(label)}</span>
            {count ? <em>{count > 99 ? '99+' : count}<Hidden> {t('waiting')}</Hidden></em> : null}
          </a>
        );
      })}
    </nav>
  );
}
