// How fresh each source is: as a list, and as one line when it matters.
import type {Source} from '../api/types';
import {ago, count, counted, span} from '../lib/format';
import {now, tab} from '../state/screen';
import {Icon} from './parts';
import {t} from '../lib/words';

type Shown = Pick<Source, 'connection' | 'department' | 'state' | 'last_success'> & {dead_letters?: number; error?: string | null};

function state_text({state, last_success}: Shown): string {
  const since = last_success ? span(now.value - Date.parse(last_success)) : '';
  if (state === 'current') return last_success ? t('current, {ago}', {ago: ago(Date.parse(last_success), now.value)}) : t('current');
  if (state === 'paused') return since ? t('paused, {span} old', {span: since}) : t('paused');
  if (!since) return state === 'behind' ? t('first run under way') : t('failing, never read');
  return state === 'behind' ? t('{span} behind', {span: since}) : t('failing for {span}', {span: since});
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
            {source.dead_letters ? <small>{t('{n} could not be processed', {n: count(source.dead_letters)})}</small> : null}
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
            <b>{source.connection}</b>: {source.state === 'failing' && !source.last_success ? t('never read') : state_text(source)}
          </span>
        ))}
        {late.length > 2 ? t(', {n} more are late', {n: count(late.length - 2)}) : ''}{t('; newest events may be missing here.')}
        {current ? ` ${t('Current: {sources}.', {sources: counted(current, 'other source')})}` : ''}
      </span>
      <a class="text-button" href="#sources" onClick={() => (tab.value = 'about')}>{t('Sources')}</a>
    </p>
  );
}
