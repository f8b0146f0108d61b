// How fresh each source is: as a list, and as one line when it matters.
import type {Source} from '../api/types';
import {ago, count, span} from '../lib/format';
import {now, tab} from '../state/screen';
import {Icon} from './parts';

type Shown = Pick<Source, 'connection' | 'department' | 'state' | 'last_success'> & {dead_letters?: number; error?: string | null};

function state_text({state, last_success}: Shown): string {
  const since = last_success ? span(now.value - Date.parse(last_success)) : '';
  if (state === 'current') return last_success ? `current, ${ago(Date.parse(last_success), now.value)}` : 'current';
  if (state === 'paused') return since ? `paused, ${since} old` : 'paused';
  if (!since) return state === 'behind' ? 'first run under way' : 'failing, never read';
  return state === 'behind' ? `${since} behind` : `failing for ${since}`;
}

export function SourceList({sources}: {sources: Shown[]}) {
  return (
    <ul class="sources">
      {sources.map(source => (
        <li key={source.connection}>
          <i class={`dot ${source.state}`} aria-hidden="true" />
          <span class="source-name">
            <b>{source.connection}</b>
            <small>{source.department}</small>
          </span>
          <span class={source.state === 'current' ? 'source-state' : 'source-state alarm'}>
            {state_text(source)}
            {source.dead_letters ? <small>{count(source.dead_letters)} could not be processed</small> : null}
          </span>
          {source.error ? <small class="source-error">{source.error}</small> : null}
        </li>
      ))}
    </ul>
  );
}

/** Only there when a source is not current. */
export function FreshnessLine({sources}: {sources: Source[]}) {
  const late = sources.filter(({state}) => state !== 'current');
  if (!late.length) return null;
  const current = sources.length - late.length;
  return (
    <p class="freshness">
      <Icon name="clock" size={14} />
      <span>
        {late.slice(0, 2).map((source, index) => (
          <span key={source.connection}>
            {index ? ', ' : ''}
            <b>{source.connection}</b> {source.state === 'failing' && !source.last_success ? 'has never been read' : `is ${state_text(source)}`}
          </span>
        ))}
        {late.length > 2 ? `, ${late.length - 2} more are late` : ''}; newest events may be missing here.
        {current ? ` ${current === 1 ? 'One other source is' : `${count(current)} other sources are`} current.` : ''}
      </span>
      <a class="text-button" href="#sources" onClick={() => (tab.value = 'about')}>Sources</a>
    </p>
  );
}
