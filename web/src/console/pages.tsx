// Which of the integrator's pages is shown.
import {useEffect} from 'preact/hooks';
import type {Page} from '../lib/address';
import {ConnectionPage} from './connection';
import {ConnectionsPage} from './connections';
import {DeadLettersPage} from './dead_letters';
import {DestinationsPage} from './destinations';
import {ReviewPage} from './review';
import {t, w} from '../lib/words';

const k_titles: Record<string, string> = {review: w('Review'), connections: w('Connections'), dead_letters: w('Dead letters'), destinations: w('Destinations')};

export function Pages({here}: {here: Page}) {
  const title = here.name === 'connection' ? here.id : t(k_titles[here.name]!);
  useEffect(() => {
    document.title = `${title} · Touchline`;
  }, [title]);
  return (
    <div class="console">
      {here.name === 'connection' ? <p class="above"><a class="link" href="/connections">{t('Connections')}</a></p> : null}
      <h1>{title}</h1>
      {here.name === 'connections' ? <ConnectionsPage /> : null}
      {here.name === 'connection' ? <ConnectionPage id={here.id} key={here.id} /> : null}
      {here.name === 'dead_letters' ? <DeadLettersPage key={location.search} /> : null}
      {here.name === 'destinations' ? <DestinationsPage /> : null}
      {here.name === 'review' ? <ReviewPage /> : null}
    </div>
  );
}
