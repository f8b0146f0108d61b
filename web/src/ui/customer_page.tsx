// One customer: the answers on top, the timeline, and what is known beside it.
import {useEffect} from 'preact/hooks';
import {hour_and_minute} from '../lib/format';
import type {CustomerState} from '../state/customer';
import {tab} from '../state/screen';
import {Answers} from './answers';
import {Feed} from './feed';
import {FilterBar} from './filter_bar';
import {later} from './later';
import {Blank, Stale} from './parts';
import {FreshnessLine} from './sources';
import {focus_search} from './top_bar';
import {t} from '../lib/words';

/** Its place is kept, so that nothing moves when it comes. */
const JourneyStrip = later(() => import('./beside').then(part => part.JourneyStrip), <section class="journey"><header /><div class="strip" /></section>);
const SidePanel = later(() => import('./beside').then(part => part.SidePanel));

export function CustomerPage({state}: {state: CustomerState}) {
  const summary = state.summary.value.value;
  const failure = state.summary.failure.value;
  useEffect(() => {
    document.title = summary ? `${summary.name} · Touchline` : 'Touchline';
  }, [summary?.name]);

  if (!summary && failure?.status === 404) return <UnknownCustomer id={state.id} />;
  if (!summary && failure) {
    return (
      <Blank icon="alert" title={t('This customer could not be read')} page alert>
        <p>{failure.message}.</p>
        <button class="button" onClick={() => state.load()}>{t('Try again')}</button>
      </Blank>
    );
  }
  return (
    <div class="customer" data-tab={tab.value}>
      {failure ? (
        <Stale what={t('The summary could not be read anew:')} message={failure.message} since={hour_and_minute(state.summary.read_at)}
          retry={() => void state.summary.load()} />
      ) : null}
      <Answers summary={summary} customer={state.customer.value.value} />
      <JourneyStrip state={state} />
      <div class="columns">
        <section class="timeline" aria-label={t('Timeline')}>
          <FilterBar state={state} />
          {summary ? <FreshnessLine sources={summary.sources} /> : null}
          <Feed state={state} timeline={state.timeline.value} />
        </section>
        <aside aria-label={t('About this customer')}><SidePanel state={state} /></aside>
      </div>
    </div>
  );
}

function UnknownCustomer({id}: {id: string}) {
  return (
    <Blank icon="search" title={t('This customer is not known')} page>
      <p>{t('Nobody has the id {id}. The address may be cut off, or the customer was erased.', {id})}</p>
      <button class="button" onClick={focus_search}>{t('Search again')}</button>
    </Blank>
  );
}
