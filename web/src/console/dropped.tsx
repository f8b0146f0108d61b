// What was dropped lately, and the way back.
import {useSignal} from '@preact/signals';
import {ago, counted, full_time} from '../lib/format';
import {as_failure} from '../lib/resource';
import {t} from '../lib/words';
import {now} from '../state/screen';
import {restore} from './change_client';
import type {Dropping} from './change_types';
import {Said} from './parts';

export function Dropped({droppings, after}: {droppings: Dropping[]; after: () => void}) {
  if (!droppings.length) return null;
  return (
    <section aria-labelledby="dropped">
      <h2 id="dropped">{t('Dropped lately')}</h2>
      <ul class="dropped">{droppings.map(one => <One key={one.id} one={one} after={after} />)}</ul>
    </section>
  );
}

function One({one: {id, at, until, letters, connection, message}, after}: {one: Dropping; after: () => void}) {
  const said = useSignal('');
  const undo = async () => {
    try {
      await restore(id);
      after();
    } catch (error) {
      said.value = as_failure(error).message;
    }
  };
  return (
    <li>
      <p>{t('{records} of {connection}, {ago}', {records: counted(letters, 'record'), connection, ago: ago(Date.parse(at), now.value)})} · <Said text={message} /></p>
      <p class="action-row">
        <button class="button small" onClick={() => void undo()}>{t('Bring back')}</button>
        <span class="meta">{t('possible until {time}', {time: full_time(Date.parse(until))})}</span>
        <span role="status" class="alarm">{said.value}</span>
      </p>
    </li>
  );
}
