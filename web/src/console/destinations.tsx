// Does everybody who should hear of it hear of it?
import {useSignal} from '@preact/signals';
import type {Destination} from '../api/types';
import {ago, count, counted, span} from '../lib/format';
import {as_failure} from '../lib/resource';
import {now} from '../state/screen';
import {Blank} from '../ui/parts';
import {destinations, enable} from './client';
import {use_live} from './live';
import {Live, Said, State} from './parts';
import {t} from '../lib/words';

const k_order = ['disabled', 'failing', 'behind', 'current', 'paused'];

function sentence_of({state, reason, waiting, parked, next_attempt}: Destination): string {
  if (state === 'disabled') return t('Disabled itself: {reason}. {events} wait.', {reason: reason || t('the receiver wants nothing any more'), events: counted(waiting, 'event')});
  if (state === 'failing') {
    const next = next_attempt ? t(', next attempt in {span}', {span: span(Math.max(0, Date.parse(next_attempt) - now.value))}) : '';
    return t('{events} wait for another attempt{next}. {reason}', {events: counted(parked, 'event'), next, reason});
  }
  if (state === 'behind') return t('{events} have not gone out yet.', {events: counted(waiting, 'event')});
  return state === 'paused' ? t('Paused in touchline.yaml (enabled: false).') : waiting ? t('{events} on the way.', {events: counted(waiting, 'event')}) : t('Everything has gone out.');
}

export function DestinationsPage() {
  const all = use_live(destinations, 'destinations');
  return (
    <Live of={all} what={t('The destinations')}>
      {({destinations: list}) => {
        if (!list.length) {
          return (
            <Blank icon="destinations" title={t('Nothing listens yet')}>
              <p>{t('A destination in touchline.yaml receives every change of the unified view, in order and signed.')}</p>
            </Blank>
          );
        }
        return (
          <ul class="causes">
            {[...list].sort((a, b) => k_order.indexOf(a.state) - k_order.indexOf(b.state)).map(one => <Row key={one.id} destination={one} after={() => void all.load()} />)}
          </ul>
        );
      }}
    </Live>
  );
}

function Row({destination, after}: {destination: Destination; after: () => void}) {
  const said = useSignal('');
  const go_on = async () => {
    try {
      await enable(destination.id);
      said.value = t('Enabled. It goes on from where it stopped.');
      after();
    } catch (error) {
      said.value = as_failure(error).message;
    }
  };
  const {id, plugin, state, dead_letters, behind_since} = destination;
  return (
    <li class="cause">
      <h2>{id} <small>{plugin}</small> <State state={state} /></h2>
      {behind_since ? <p class="meta">{t('The oldest of them is from {ago}.', {ago: ago(Date.parse(behind_since), now.value)})}</p> : null}
      <p class={state === 'disabled' || state === 'failing' ? 'alarm' : 'meta'}><Said text={sentence_of(destination)} /></p>
      {dead_letters ? <p><a class="link" href={`/dead-letters?connection=${encodeURIComponent(id)}`}>{t('{n} deliveries were refused for good', {n: count(dead_letters)})}</a></p> : null}
      <p class="action-row">
        {state === 'disabled' ? <button class="button" onClick={() => void go_on()}>{t('Enable again')}</button> : null}
        <span role="status">{said.value}</span>
      </p>
    </li>
  );
}
