// The choices of this device, inside the user's menu.
import {sign_out} from '../api/client';
import {choose, chosen_zone, k_languages, language, zone_name} from '../lib/locale';
import {t, w, word} from '../lib/words';
import {may, session} from '../state/session';

const k_roles: Record<string, string> = {agent: w('Agent'), lead: w('Lead'), integrator: w('Integrator'), admin: w('Administrator')};
const own_zone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

async function leave(): Promise<void> {
  await sign_out();
  sessionStorage.clear();
  location.assign('/');
}

export function Settings() {
  const {name, account, role, leaves, reads_everything} = session.value ?? {};
  return (
    <>
      {account ? <p class="me"><b><bdi>{name || account}</bdi></b><small>{word(k_roles[role ?? ''] ?? '')}</small></p> : null}
      {account && !reads_everything ? <p class="note">{t('Some of what is here is hidden from your role.')}</p> : null}
      <label class="field">{t('Language')}
        <select value={language} onChange={event => choose('language', event.currentTarget.value)}>
          {Object.entries(k_languages).map(([id, title]) => <option key={id} value={id} lang={id}>{title}</option>)}
        </select>
      </label>
      <label class="field">{t('Time zone')}
        <select value={chosen_zone} onChange={event => choose('zone', event.currentTarget.value)}>
          <option value="">{t('This device: {zone}', {zone: own_zone()})}</option>
          {Intl.supportedValuesOf('timeZone').map(zone => <option key={zone} value={zone}>{zone.replaceAll('_', ' ')}</option>)}
        </select>
      </label>
      <p class="note">{t('All times are shown in {zone}.', {zone: zone_name})}</p>
      {may('GET /api/v1/users') ? <p class="note"><a class="link" href="/users">{t('Users')}</a> · <a class="link" href="/audit">{t('Record|audit')}</a></p> : null}
      {leaves ? <button class="button small" onClick={() => void leave()}>{t('Sign out')}</button> : null}
    </>
  );
}
