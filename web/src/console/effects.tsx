// What a change does, in numbers and in faces: the same for a plan and for a replay that is only tried.
import {rich, t, w} from '../lib/words';
import {customer_path} from '../lib/address';
import {count, counted} from '../lib/format';
import type {Counts, Example, PlannedCustomer, Report, Side} from './change_types';
import {Said} from './parts';
import {Shown} from './shown';

export function Numbers({of, merges, splits}: {of: Counts; merges?: number; splits?: number}) {
  const figures: [string, number, boolean?][] = [
    [w('touchpoints change'), of.changed], [w('are new'), of.added], [w('are lost'), of.removed, true],
    ...(merges === undefined ? [] : [[w('customers merge'), merges, true], [w('split'), splits!, true]] as [string, number, boolean][]),
    [w('dead letters pass'), of.mended], [w('are new dead letters'), of.failed, true],
  ];
  return (
    <dl class="figures">
      {figures.map(([label, value, grave]) => <div key={label}><dd class={grave && value ? 'alarm' : undefined}>{count(value)}</dd><dt>{t(label)}</dt></div>)}
    </dl>
  );
}

export function Effects({report}: {report: Report}) {
  return (
    <>
      <Numbers of={report} merges={report.merges} splits={report.splits} />
      {report.streams.map(({connection, stream, fields, examples}) => (
        <section key={connection + stream}>
          <h2>{connection}, {stream}</h2>
          <ul class="fields">
            {fields.map(({field, touchpoints, transitions}) => (
              <li key={field}>
                <code>{field}</code> {count(touchpoints)}
                {[...transitions].sort((a, b) => b.touchpoints - a.touchpoints).slice(0, 4).map(({from, to, touchpoints: of}) => <span key={from + to} class="left-to-right"><bdi>{from}</bdi> → <bdi>{to}</bdi> {count(of)}</span>)}
              </li>
            ))}
          </ul>
          {examples[0] ? <Pair example={examples[0]} /> : null}
        </section>
      ))}
      {report.failures.length ? <h2>{t('Would fail')}</h2> : null}
      <ul class="causes">
        {report.failures.map(({connection, stream, message, place, cure, records, example}) => (
          <li class="cause" key={place + message}>
            <h3><span class="count">{count(records)}</span> <Said text={message} /></h3>
            <p class="meta">{connection}, {stream}{place ? <> · <code>{place}</code></> : null} · {rich('such as {example}', {example: <bdi>{example}</bdi>})}</p>
            {cure ? <p class="cure"><Said text={cure} /></p> : null}
          </li>
        ))}
      </ul>
      {report.customers.length ? <h2>{t('Look first at')}</h2> : null}
      <ul class="causes">{report.customers.map((customer, at) => <Customer key={at} customer={customer} />)}</ul>
    </>
  );
}

function Customer({customer: {before, after, added, changed, removed, examples}}: {customer: PlannedCustomer}) {
  const what = before.length > 1 && after.length === 1 ? t('would be one') : after.length > 1 ? t('would be split') : '';
  return (
    <li class="cause">
      <h3><Sides list={before} />{what ? <> <span class="versus">{what}</span> <Sides list={after} /></> : null}</h3>
      <p class="meta">{[changed && t('{touchpoints} change', {touchpoints: counted(changed, 'touchpoint')}), added && t('{n} new', {n: count(added)}), removed && t('{n} lost', {n: count(removed)})].filter(Boolean).join(t(', '))}</p>
      {examples.length ? <details><summary>{t('Before and after')}</summary>{examples.map((example, at) => <Pair key={at} example={example} />)}</details> : null}
    </li>
  );
}

function Sides({list}: {list: Side[]}) {
  return <>{list.map(({id, identities, touchpoints}, at) => <span key={id}>{at ? ' + ' : ''}<a class="link" href={customer_path(id)}><bdi>{identities[0] ?? id}</bdi></a> <small>{counted(touchpoints, 'touchpoint')}</small></span>)}</>;
}

function Pair({example: {before, after}}: {example: Example}) {
  const shown: [string, Example['before']][] = [[w('Before'), before], [w('After'), after]];
  return (
    <div class="pair">
      {shown.map(([label, item]) => <div key={label}><small>{t(label)}</small>{item ? <Shown item={item} /> : <p class="meta">{label === 'Before' ? t('It was not there.') : t('It is gone.')}</p>}</div>)}
    </div>
  );
}
