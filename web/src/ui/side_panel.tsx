// Beside the timeline: what is open, how the customer is known, what the sources say, how fresh they are.
import type {Customer, Summary} from '../api/types';
import {ago, field_text, short_date} from '../lib/format';
import {field_name} from '../lib/kinds';
import type {CustomerState} from '../state/customer';
import {now} from '../state/screen';
import {IdentityPanel} from './identity_panel';
import {SourceList} from './sources';

export function SidePanel({state}: {state: CustomerState}) {
  const summary = state.summary.value.value;
  const customer = state.customer.value.value;
  const failure = state.customer.failure.value;
  return (
    <aside aria-label="About this customer">
      {summary?.open_cases.length ? <OpenCases summary={summary} /> : null}
      {customer ? <IdentityPanel customer={customer} /> : null}
      {failure ? (
        <section class="panel" role="alert">
          <p class="alarm">The identities could not be read: {failure.message}.</p>
          <button class="text-button" onClick={() => void state.customer.load()}>Try again</button>
        </section>
      ) : null}
      {customer ? <Profile customer={customer} /> : null}
      {summary ? (
        <section class="panel" id="sources" aria-labelledby="sources-title" tabIndex={-1}>
          <h2 id="sources-title">Sources</h2>
          <SourceList sources={summary.sources} />
        </section>
      ) : null}
    </aside>
  );
}

function OpenCases({summary}: {summary: Summary}) {
  const name_of = (id: string) => summary.departments.find(department => department.id === id)?.name ?? id;
  return (
    <section class="panel" aria-labelledby="open-title">
      <h2 id="open-title">Open now <span class="total">{summary.open_cases.length}</span></h2>
      <ul class="open-cases">
        {summary.open_cases.map(({ref, title, department, since}) => (
          <li key={ref}>
            <b>{title || ref}</b>
            <span>{ago(Date.parse(since), now.value)}</span>
            <small>{name_of(department)} · {ref}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Profile({customer}: {customer: Customer}) {
  const fields = Object.entries(customer.fields);
  if (!fields.length) return null;
  return (
    <section class="panel" aria-labelledby="profile-title">
      <h2 id="profile-title">Profile</h2>
      <dl class="profile">
        {fields.map(([name, field]) => (
          <div key={name}>
            <dt>{field_name(name)}</dt>
            <dd>
              {field_text(field.value)}
              <small>{field.from}{field.observed_at ? `, ${short_date(Date.parse(field.observed_at), now.value)}` : ''}</small>
              {field.rivals?.map(rival => <small key={rival.from + field_text(rival.value)}>{rival.from} says “{field_text(rival.value)}”</small>)}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
