// Who this is, and four answers nobody should have to look for.
import type {ComponentChildren} from 'preact';
import type {Customer, Summary} from '../api/types';
import {ago, counted, initials, month, person_name, short_date} from '../lib/format';
import {channel_name, experience_text} from '../lib/kinds';
import {change_text, is_bad} from '../lib/mood';
import {now} from '../state/screen';
import {MoodGlyph} from './mood_glyph';

export function Answers({summary, customer}: {summary: Summary | null; customer: Customer | null}) {
  return (
    <div class="answers">
      <Who summary={summary} customer={customer} />
      <dl>
        <LastContact summary={summary} />
        <MoodNow summary={summary} />
        <Open summary={summary} />
        <Owner summary={summary} />
      </dl>
    </div>
  );
}

const k_reachable = ['email', 'phone'];
const k_position = ['job.title', 'title', 'role'];
const k_company = ['company.name', 'company'];
const k_tags = ['segment', 'tier', 'city', 'lang'];
const pick = (about: Record<string, string>, fields: string[]) => fields.map(field => about[field]).find(Boolean);

function Who({summary, customer}: {summary: Summary | null; customer: Customer | null}) {
  if (!summary) return <div class="who" aria-busy="true"><span class="avatar" /><div><s class="bar wide" /><s class="bar" /></div></div>;
  const reach = k_reachable.flatMap(ns => customer?.identities.find(identity => identity.ns === ns)?.value ?? []);
  const {about} = summary;
  const place = [pick(about, k_position), pick(about, k_company)].filter(Boolean).join(', ');
  const line = place || reach[0];
  return (
    <div class="who">
      <span class="avatar" aria-hidden="true">{initials(summary.name)}</span>
      <div>
        <h1><bdi>{summary.name}</bdi></h1>
        <p class="reach"><bdi>{line ?? (customer ? 'No email or phone known' : '\u00a0')}</bdi></p>
        <p class="tags">
          {customer?.type === 'organisation' ? <span>Organisation</span> : null}
          {k_tags.map(field => (about[field] ? <span key={field}>{about[field]}</span> : null))}
          <span>{summary.first_touch ? `since ${month(Date.parse(summary.first_touch))}` : 'no contact yet'}</span>
          {(place ? reach.slice(0, 1) : reach.slice(1)).map(value => <bdi class="reachable" key={value} title={value}>{value}</bdi>)}
        </p>
      </div>
    </div>
  );
}

interface AnswerProps {
  label: string;
  answer: ComponentChildren;
  bad?: boolean;
  title?: string;
  children?: ComponentChildren;
}

function Answer({label, answer, bad, title, children}: AnswerProps) {
  return (
    <div class={bad ? 'bad' : undefined}>
      <dt>{label}</dt>
      <dd title={title}>
        <b>{answer}</b>
        <span>{children}</span>
      </dd>
    </div>
  );
}

const waiting = <s class="bar" />;

function LastContact({summary}: {summary: Summary | null}) {
  const last = summary?.last_contact;
  if (!last) return <Answer label="Last contact" answer={summary ? 'None yet' : waiting}>{summary ? 'Nobody has written or called' : null}</Answer>;
  const when = ago(Date.parse(last.occurred_at), now.value);
  const how = last.channel === 'unknown' ? when : `${when}, ${last.channel === 'web' || last.channel === 'app' ? 'on' : 'by'} ${channel_name(last.channel)}`;
  return (
    <Answer label="Last contact" answer={how} title={last.subject || last.title}>
      <bdi>{last.subject || last.title}</bdi>{last.department ? `, ${last.department}` : ''}
    </Answer>
  );
}

function MoodNow({summary}: {summary: Summary | null}) {
  const mood = summary?.mood;
  if (!mood) return <Answer label="Mood" answer={summary ? 'Not measured' : waiting}>{summary ? 'Nobody has asked yet' : null}</Answer>;
  const said = experience_text({measure: mood.measure, value: mood.value, max: mood.max ?? null, label: null, by: null});
  const when = short_date(Date.parse(mood.at), now.value);
  return (
    <Answer label={mood.stated ? 'Mood' : 'Mood, estimated'} bad={is_bad(mood.tone)} title={`${said}, ${when}`}
      answer={<span class="tone"><MoodGlyph tone={mood.tone} size={14} />{mood.tone.charAt(0).toUpperCase() + mood.tone.slice(1)}</span>}>
      {change_text(mood) || `${said}, ${when}`}
    </Answer>
  );
}

/** Late ones and those without an owner are named; a colleague waits for them. */
function Open({summary}: {summary: Summary | null}) {
  const open = summary?.open;
  if (!open?.length) return <Answer label="Open now" answer={summary ? 'Nothing open' : waiting}>{summary ? 'In no department' : null}</Answer>;
  const departments = new Set(open.map(({department_name}) => department_name));
  const late = open.filter(thing => thing.late).length;
  const unowned = open.filter(thing => !thing.employee).length;
  const where = departments.size > 1 ? `${departments.size} departments` : [...departments][0] || 'one department';
  return (
    <Answer label="Open now" answer={`${open.length} open in ${where}`} title={open.map(({title}) => title).join('\n')}>
      {late ? <em class="late">{late} late</em> : null}
      {late && unowned ? ', ' : ''}
      {unowned ? `${unowned} without an owner` : ''}
      {!late && !unowned ? `Oldest since ${ago(Math.min(...open.map(({since}) => Date.parse(since))), now.value).replace(' ago', '')}` : ''}
    </Answer>
  );
}

function Owner({summary}: {summary: Summary | null}) {
  const owner = summary?.owner;
  if (!owner) return <Answer label="Owner" answer={summary ? 'Nobody' : waiting}>{summary ? 'No department has taken over' : null}</Answer>;
  return (
    <Answer label="Owner" answer={<bdi>{person_name(owner.employee) || owner.department}</bdi>} title={[owner.employee, owner.department, owner.of].filter(Boolean).join('\n')}>
      {owner.of ? `Has “${owner.of}”` : owner.employee ? `${owner.department}, last in contact` : counted(summary!.touchpoints, 'touchpoint')}
    </Answer>
  );
}
