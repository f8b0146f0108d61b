// Who this is, and four answers nobody should have to look for.
import type {ComponentChildren} from 'preact';
import type {Customer, Summary} from '../api/types';
import {ago, count, counted, initials, month, person_name, sentence, short_date, span} from '../lib/format';
import {channel_name, experience_text} from '../lib/kinds';
import {change_text, is_bad} from '../lib/mood';
import {now} from '../state/screen';
import {MoodGlyph} from './mood_glyph';
import {t, w, word} from '../lib/words';

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
        <h1 dir="auto"><bdi>{summary.name}</bdi></h1>
        <p class="reach" dir="auto"><bdi>{line ?? (customer ? t('No email or phone known') : '\u00a0')}</bdi></p>
        <p class="tags">
          {customer?.type === 'organisation' ? <span>{t('Organisation')}</span> : null}
          {k_tags.map(field => (about[field] ? <span key={field}>{about[field]}</span> : null))}
          <span>{summary.first_touch ? t('since {month}', {month: month(Date.parse(summary.first_touch))}) : t('no contact yet')}</span>
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
        <b dir="auto">{answer}</b>
        <span dir="auto">{children}</span>
      </dd>
    </div>
  );
}

const waiting = <s class="bar" />;

function LastContact({summary}: {summary: Summary | null}) {
  const last = summary?.last_contact;
  if (!last) return <Answer label={t('Last contact')} answer={summary ? t('None yet') : waiting}>{summary ? t('Nobody has written or called') : null}</Answer>;
  const when = ago(Date.parse(last.occurred_at), now.value);
  const how = last.channel === 'unknown' ? when : t(last.channel === 'web' || last.channel === 'app' ? w('{when}, on {channel}') : w('{when}, by {channel}'), {when, channel: channel_name(last.channel)});
  return (
    <Answer label={t('Last contact')} answer={how} title={last.subject || word(last.title)}>
      <bdi>{last.subject || word(last.title)}</bdi>{last.department ? `, ${last.department}` : ''}
    </Answer>
  );
}

function MoodNow({summary}: {summary: Summary | null}) {
  const mood = summary?.mood;
  if (!mood) return <Answer label={t('Mood')} answer={summary ? t('Not measured') : waiting}>{summary ? t('Nobody has asked yet') : null}</Answer>;
  const said = experience_text({measure: mood.measure, value: mood.value, max: mood.max ?? null, label: null, by: null});
  const when = short_date(Date.parse(mood.at), now.value);
  return (
    <Answer label={mood.stated ? t('Mood') : t('Mood, estimated')} bad={is_bad(mood.tone)} title={`${said}, ${when}`}
      answer={<span class="tone"><MoodGlyph tone={mood.tone} size={14} />{sentence(word(mood.tone))}</span>}>
      {change_text(mood) || `${said}, ${when}`}
    </Answer>
  );
}

/** Late ones and those without an owner are named; a colleague waits for them. */
function Open({summary}: {summary: Summary | null}) {
  const open = summary?.open;
  if (!open?.length) return <Answer label={t('Open now')} answer={summary ? t('Nothing open') : waiting}>{summary ? t('In no department') : null}</Answer>;
  const departments = new Set(open.map(({department_name}) => department_name));
  const late = open.filter(thing => thing.late).length;
  const unowned = open.filter(thing => !thing.employee).length;
  const where = departments.size > 1 ? counted(departments.size, 'department') : [...departments][0] || t('one department');
  return (
    <Answer label={t('Open now')} answer={t('{n} open in {where}', {n: count(open.length), where})} title={open.map(({title}) => title).join('\n')}>
      {late ? <em class="late">{t('{n} late', {n: count(late)})}</em> : null}
      {late && unowned ? ', ' : ''}
      {unowned ? t('{n} without an owner', {n: count(unowned)}) : ''}
      {!late && !unowned ? t('Oldest since {span}', {span: span(now.value - Math.min(...open.map(({since}) => Date.parse(since))))}) : ''}
    </Answer>
  );
}

function Owner({summary}: {summary: Summary | null}) {
  const owner = summary?.owner;
  if (!owner) return <Answer label={t('Owner')} answer={summary ? t('Nobody') : waiting}>{summary ? t('No department has taken over') : null}</Answer>;
  return (
    <Answer label={t('Owner')} answer={<bdi>{person_name(owner.employee) || owner.department}</bdi>} title={[owner.employee, owner.department, owner.of].filter(Boolean).join('\n')}>
      {owner.of ? t('Has “{what}”', {what: owner.of}) : owner.employee ? t('{who}, last in contact', {who: owner.department}) : counted(summary!.touchpoints, 'touchpoint')}
    </Answer>
  );
}
