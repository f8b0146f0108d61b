// Where one can go: a rail on the left, a bar at the foot of a phone.
import {page} from '../state/route';
import {waiting_work} from '../state/waiting_work';
import type {Glyph} from './icons';
import {Hidden, Icon, Logo} from './parts';

const k_places: {path: string; label: string; icon: Glyph; pages: string[]}[] = [
  {path: '/', label: 'Customers', icon: 'people', pages: ['home', 'customer', 'find']},
  {path: '/review', label: 'Review', icon: 'review', pages: ['review']},
  {path: '/connections', label: 'Connections', icon: 'connections', pages: ['connections', 'connection']},
  {path: '/dead-letters', label: 'Dead letters', icon: 'dead', pages: ['dead_letters']},
  {path: '/destinations', label: 'Destinations', icon: 'destinations', pages: ['destinations']},
];

export function Rail() {
  const here = page.value.name;
  return (
    <nav class="rail" aria-label="Main">
      <a class="logo" href="/" aria-label="Touchline, start page"><Logo /></a>
      {k_places.map(({path, label, icon, pages}) => {
        const count = waiting_work.value[path] ?? 0;
        return (
          <a key={path} href={path} aria-current={pages.includes(here) ? 'page' : undefined} title={label}>
            <Icon name={icon} size={18} />
            <span>{label}</span>
            {count ? <em>{count > 99 ? '99+' : count}<Hidden> waiting</Hidden></em> : null}
          </a>
        );
      })}
    </nav>
  );
}
