// Which of the integrator's pages is shown.
import {useEffect} from 'preact/hooks';
import type {PagesProps} from '../ui/console';
import {AuditPage} from './audit';
import {ConnectionPage} from './connection';
import {ConnectionsPage} from './connections';
import {DeadLettersPage} from './dead_letters';
import {DestinationsPage} from './destinations';
import {ReviewPage} from './review';
import {Change} from './change';
import {t, w} from '../lib/words';
import {Tools} from './tools';
import {UsersPage} from './users';

const k_titles: Record<string, string> = {review: w('Review'), connections: w('Connections'), dead_letters: w('Dead letters'), destinations: w('Destinations'), users: w('Users'), audit: w('Record|audit')};
const k_change: Record<string, string> = {mappings: w('Mappings'), mapping: '', plan: w('Plan'), replay: w('Replay'), tap: w('Tap')};

export function Pages({here, Shown}: PagesProps) {
  const title = here.name === 'connection' ? here.id : here.name === 'mapping' ? `${here.id}, ${here.stream}` : t(k_titles[here.name] ?? k_change[here.name]!);
  useEffect(() => {
    document.title = `${title} · Touchline`;
  }, [title]);
  return (
    <div class={here.name === 'mapping' ? 'console studio' : 'console'}>
      <Tools here={here} />
      <h1 tabIndex={-1}>{title}</h1>
      {here.name === 'connections' ? <ConnectionsPage /> : null}
      {here.name === 'connection' ? <ConnectionPage id={here.id} key={here.id} /> : null}
      {here.name === 'dead_letters' ? <DeadLettersPage key={location.search} /> : null}
      {here.name === 'destinations' ? <DestinationsPage /> : null}
      {here.name === 'review' ? <ReviewPage /> : null}
      {here.name === 'users' ? <UsersPage /> : null}
      {here.name === 'audit' ? <AuditPage /> : null}
      {here.name in k_change ? <Change here={here} Shown={Shown} /> : null}
    </div>
  );
}
