// What a change does, in numbers and in faces: the same for a plan and for a replay that is only tried.
import {customer_path} from '../lib/address';
import {count, counted} from '../lib/format';
import type {Counts, Example, PlannedCustomer, Report, Side} from './change_types';
import {Shown} from './shown';

export function Numbers({of, merges, splits}: {of: Counts; merges?: number; splits?: number}) {
  const figures: [string, number, boolean?][] = [
    ['touchpoints change', of.changed], ['are new', of.added], ['are lost', of.removed, true],
    ...(merges === undefined ? [] : [['customers merge', merges, true], ['split', splits!, true]] as [string, number, boolean][]),
    ['dead letters pass', of.mended], ['are new dead letters', of.failed, true],
  ];
  return (
    <dl class="figures">
      {figures.map(([label, value, grave]) => <div key={label}><dd class={grave && value ? 'alarm' : undefined}>{count(value)}</dd><dt>{label}</dt></div>)}
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
                <b>{field}</b> {count(touchpoints)}
                {[...transitions].sort((a, b) => b.touchpoints - a.touchpoints).slice(0, 4).map(({from, to, touchpoints: of}) => <span key={from + to}><bdi>{from}</bdi> → <bdi>{to}</bdi> {count(of)}</span>)}
              </li>
            ))}
          </ul>
          {examples[0] ? <Pair example={examples[0]} /> : null}
        </section>
      ))}
      {report.failures.length ? <h2>Would fail</h2> : null}
      <ul class="causes">
        {report.failures.map(({connection, stream, message, place, cure, records, example}) => (
          <li class="cause" key={place + message}>
            <h3><span class="count">{count(records)}</span> {message}</h3>
            <p class="meta">{connection}, {stream}{place ? <> · <code>{place}</code></> : null} · such as <bdi>{example}</bdi></p>
            {cure ? <p class="cure">{cure}</p> : null}
          </li>
        ))}
      </ul>
      {report.customers.length ? <h2>Look first at</h2> : null}
      <ul class="causes">{report.customers.map((customer, at) => <Customer key={at} customer={customer} />)}</ul>
    </>
  );
}

function Customer({customer: {before, after, added, changed, removed, examples}}: {customer: PlannedCustomer}) {
  const what = before.length > 1 && after.length === 1 ? 'would be one' : after.length > 1 ? 'would be split' : '';
  return (
    <li class="cause">
      <h3><Sides list={before} />{what ? <> <span class="versus">{what}</span> <Sides list={after} /></> : null}</h3>
      <p class="meta">{[changed && `${counted(changed, 'touchpoint')} change`, added && `${count(added)} new`, removed && `${count(removed)} lost`].filter(Boolean).join(', ')}</p>
      {examples.length ? <details><summary>Before and after</summary>{examples.map((example, at) => <Pair key={at} example={example} />)}</details> : null}
    </li>
  );
}

function Sides({list}: {list: Side[]}) {
  return <>{list.map(({id, identities, touchpoints}, at) => <span key={id}>{at ? ' + ' : ''}<a class="link" href={customer_path(id)}><bdi>{identities[0] ?? id}</bdi></a> <small>{counted(touchpoints, 'touchpoint')}</small></span>)}</>;
}

function Pair({example: {before, after}}: {example: Example}) {
  const shown: [string, Example['before']][] = [['Before', before], ['After', after]];
  return (
    <div class="pair">
      {shown.map(([label, item]) => <div key={label}><small>{label}</small>{item ? <Shown item={item} /> : <p class="meta">{label === 'Before' ? 'It was not there.' : 'It is gone.'}</p>}</div>)}
    </div>
  );
}
