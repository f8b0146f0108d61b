// Who this is, and four answers nobody should have to look for.
import type {ComponentChildren} from 'preact';
import type {Customer, Summary} from '../api/types';
import {ago, counted, initials, month, short_date} from '../lib/format';
import {channel_name, experience_text, is_low} from '../lib/kinds';
import {now} from '../state/screen';

export function Answers({summary, customer}: {summary: Summary | null; customer: Customer | null}) {
  return (
    <div class="answers">
      <Who summary={summary} customer={customer} />
      <dl>
        <LastContact summary={summary} />
        <Mood summary={summary} />
        <OpenCases summary={summary} />
        <Owner summary={summary} />
      </dl>
    </div>
  );
}

const k_reachable = ['email', 'phone'];

function Who({summary, customer}: {summary: Summary | null; customer: Customer | null}) {
  if (!summary) return <div class="who" aria-busy="true"><span class="avatar" /><div><s class="bar wide" /><s class="bar" /></div></div>;
  const reach = k_reachable.flatMap(ns => customer?.identities.find(identity => identity.ns === ns)?.value ?? []);
  return (
    <div class="who">
      <span class="avatar" aria-hidden="true">{initials(summary.name)}</span>
      <div>
        <h1>{summary.name}</h1>
        <p class="reach">{reach[0] ?? (customer ? 'No email or phone known' : '\u00a0')}</p>
        <p class="tags">
          {reach.slice(1).map(value => <span key={value}>{value}</span>)}
          {customer?.type === 'organisation' ? <span>Organisation</span> : null}
          <span>{summary.first_touch ? `since ${month(Date.parse(summary.first_touch))}` : 'no contact yet'}</span>
        </p>
      </div>
    </div>
  );
}

function Answer({label, answer, bad, children}: {label: string; answer: ComponentChildren; bad?: boolean; children?: ComponentChildren}) {
  return (
    <div class={bad ? 'bad' : undefined}>
      <dt>{label}</dt>
      <dd>
        <b>{answer}</b>
        <span>{children}</span>
      </dd>
    </div>
  );
}

const waiting = <s class="bar" />;

function LastContact({summary}: {summary: Summary | null}) {
  const last = summary?.last_contact;
  if (!last) return <Answer label="Last contact" answer={summary ? 'None yet' : waiting} />;
  const when = ago(Date.parse(last.occurred_at), now.value);
  const how = `${when}, ${last.channel === 'unknown' ? '' : `by ${channel_name(last.channel)}`}`.replace(/, $/, '').replace('by the ', 'on the ');
  return <Answer label="Last contact" answer={how}>{last.title}</Answer>;
}

function Mood({summary}: {summary: Summary | null}) {
  const mood = summary?.mood;
  if (!mood) return <Answer label="Mood" answer={summary ? 'Not measured' : waiting}>{summary ? 'No survey answered' : null}</Answer>;
  const {value, min, max, measure, at} = mood;
  return (
    <Answer label="Mood" answer={experience_text({measure, value, max: max ?? null, label: null, by: null})} bad={is_low(value, min, max)}>
      {short_date(Date.parse(at), now.value)}
    </Answer>
  );
}

function OpenCases({summary}: {summary: Summary | null}) {
  const cases = summary?.open_cases;
  if (!cases?.length) return <Answer label="Open now" answer={summary ? 'Nothing open' : waiting}>{summary ? 'In no department' : null}</Answer>;
  const departments = new Set(cases.map(({department}) => department));
  const oldest = cases.reduce((a, b) => (a.since < b.since ? a : b));
  return (
    <Answer label="Open now" answer={departments.size > 1 ? `${cases.length} in ${departments.size} departments` : counted(cases.length, 'case')}>
      {oldest.title || oldest.ref}, {ago(Date.parse(oldest.since), now.value)}
    </Answer>
  );
}

function Owner({summary}: {summary: Summary | null}) {
  const owner = summary?.owner;
  if (!owner) return <Answer label="Owner" answer={summary ? 'Nobody' : waiting}>{summary ? 'No department has taken over' : null}</Answer>;
  const name = summary.departments.find(({id}) => id === owner.department)?.name ?? owner.department;
  return <Answer label="Owner" answer={owner.employee || name}>{owner.employee ? name : null}</Answer>;
}
