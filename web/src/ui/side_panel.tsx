// Beside the timeline: what is open, the scores, how the customer is known, notes, what the sources say, how fresh they are.
import type {Customer, Summary} from '../api/types';
import {field_text, person_name, short_date} from '../lib/format';
import {field_name, rule_name} from '../lib/kinds';
import type {CustomerState} from '../state/customer';
import {now} from '../state/screen';
import {IdentityPanel} from './identity_panel';
import {OpenNow} from './open_now';
import {Pinned} from './pinned';
import {Scores} from './scores';
import {SourceList} from './sources';
import {t} from '../lib/words';
import {may} from '../state/session';
import {TakeAlong} from './take_along';

export function SidePanel({state}: {state: CustomerState}) {
  const summary = state.summary.value.value;
  const customer = state.customer.value.value;
  const failure = state.customer.failure.value;
  const journey = state.journey.value.value;
  return (
    <>
      {summary ? <OpenNow summary={summary} /> : null}
      <Pinned state={state} />
      {journey ? <Scores journey={journey} state={state} /> : null}
      {customer ? <IdentityPanel state={state} customer={customer} /> : null}
      {failure ? (
        <section class="panel" role="alert">
          <p class="alarm">{t('The identities could not be read: {why}.', {why: failure.message})}</p>
          <button class="text-button" onClick={() => void state.customer.load()}>{t('Try again')}</button>
        </section>
      ) : null}
      {customer ? <Profile customer={customer} /> : null}
      {summary ? <Sources summary={summary} /> : null}
      {may('GET /api/v1/customers/{}/export') ? <TakeAlong state={state} /> : null}
    </>
  );
}

function Sources({summary}: {summary: Summary}) {
  return (
    <section class="panel" id="sources" aria-labelledby="sources-title" tabIndex={-1}>
      <h2 id="sources-title">{t('Sources')}</h2>
      <SourceList sources={summary.sources} />
    </section>
  );
}

function Profile({customer}: {customer: Customer}) {
  const fields = Object.entries(customer.fields);
  if (!fields.length) return null;
  return (
    <section class="panel" aria-labelledby="profile-title">
      <h2 id="profile-title">{t('Profile')}</h2>
      <dl class="profile">
        {fields.map(([name, field]) => (
          <div key={name}>
            <dt>{field_name(name)}</dt>
            <dd>
              <bdi>{field_text(field.value) || t('Not known')}</bdi>
              {field.from ? (
                <small title={rule_name(field.rule)}>
                  {field.rule === 'manual' ? t('Decided by {name}', {name: person_name(field.from.replace('agent/', ''))}) : field.from}
                  {field.observed_at ? `, ${short_date(Date.parse(field.observed_at), now.value)}` : ''}
                  {field.reason ? `: ${field.reason}` : ''}
                </small>
              ) : null}
              {field.rivals?.map(rival => <small key={rival.from + field_text(rival.value)}>{t('{source} says “{value}”', {source: rival.from, value: field_text(rival.value)})}</small>)}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
