// Who one is here, in which language and time zone, and the way out.
import {useSignal} from '@preact/signals';
import {useEffect, useRef} from 'preact/hooks';
import {initials} from '../lib/format';
import {t} from '../lib/words';
import {session, signed_name} from '../state/session';
import {later} from './later';
import {Hidden, Icon} from './parts';

const Settings = later(() => import('./extras').then(part => part.Settings));

export function UserMenu() {
  const menu = useRef<HTMLDetailsElement>(null);
  const opened = useSignal(false);
  useEffect(() => {
    const close = (event: Event) => {
      if (!menu.current?.open) return;
      if (event instanceof KeyboardEvent) {
        if (event.key !== 'Escape') return;
        menu.current.querySelector('summary')?.focus();
      } else if (menu.current.contains(event.target as Node)) return;
      menu.current.open = false;
    };
    addEventListener('pointerdown', close);
    addEventListener('keydown', close);
    return () => (removeEventListener('pointerdown', close), removeEventListener('keydown', close));
  }, []);
  const name = signed_name() || session.value?.account || '';
  return (
    <details ref={menu} class="user-menu" onToggle={event => (opened.value = event.currentTarget.open)}>
      <summary class="icon-button" title={name || t('Settings')}>
        {name ? <span class="avatar small" aria-hidden="true">{initials(name)}</span> : <Icon name="user" />}
        <Hidden>{name ? t('{name}, settings', {name}) : t('Settings')}</Hidden>
      </summary>
      {/* Its list of time zones has four hundred elements. */}
      {opened.value ? <div class="menu"><Settings /></div> : null}
    </details>
  );
}
