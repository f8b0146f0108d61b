// What a connection asked of its source lately, and what came back: the secrets are starred before they get here.
import {useSignal} from '@preact/signals';
import {count, counted, full_time, hour_and_minute} from '../lib/format';
import {t} from '../lib/words';
import {session} from '../state/session';
import {requests} from './change_client';
import type {SentRequest} from './change_types';
import {use_live} from './live';
import {Live, Said} from './parts';

export function Requests({connection}: {connection: string}) {
  const unmasked = useSignal(false);
  const failed_only = useSignal(false);
  const all = use_live(stop => requests(connection, unmasked.value, stop), `${connection} ${unmasked.value}`);
  return (
    <>
      <div class="action-row">
        <label class="check"><input type="checkbox" checked={failed_only.value} onChange={event => (failed_only.value = event.currentTarget.checked)} />{t('Only what failed')}</label>
        {session.value?.reads_everything ? <label class="check"><input type="checkbox" checked={unmasked.value} onChange={event => (unmasked.value = event.currentTarget.checked)} />{t('Show what they say of people')}</label> : null}
      </div>
      <Live of={all} what={t('The requests')}>
        {({requests: list}) => {
          const shown = list.filter(request => !failed_only.value || is_bad(request));
          return shown.length ? <ul class="requests">{shown.map(request => <One key={`${request.at}${request.url}`} request={request} />)}</ul>
            : <p class="meta">{list.length ? t('None of the latest {n} failed.', {n: count(list.length)}) : t('None since Touchline was started.')}</p>;
        }}
      </Live>
    </>
  );
}

const is_bad = ({status}: SentRequest) => status === 0 || status >= 400;

function One({request}: {request: SentRequest}) {
  const {at, method, url, credentials, sent_bytes, status, received_bytes, milliseconds, error, answer} = request;
  const bad = is_bad(request);
  return (
    <li>
      <p><span class={bad ? 'alarm' : undefined}>{status || t('no answer')}</span> <code>{method} <Said text={url} most={200} /></code></p>
      <p class="meta"><time dateTime={at} title={full_time(Date.parse(at))}>{hour_and_minute(Date.parse(at))}</time> · {t('{n} ms', {n: count(milliseconds)})} · {t('{sent} sent, {received} received', {sent: counted(sent_bytes, 'byte'), received: counted(received_bytes, 'byte')})}{credentials ? <> · {t('{way} ***', {way: credentials})}</> : null}</p>
      {error ? <p class="alarm"><Said text={error} /></p> : null}
      {answer ? <pre class="raw" tabIndex={0} role="region" aria-label={t('The answer')}>{answer}</pre> : null}
    </li>
  );
}
