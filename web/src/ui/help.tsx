import {useEffect, useRef} from 'preact/hooks';
import {help_shown} from '../state/screen';
import {single_keys} from '../state/settings';
import {t, w} from '../lib/words';

const k_keys: [string[], string][] = [
  [['/'], w('Find a customer')],
  [['j', 'k'], w('Next, previous touchpoint')],
  [['Enter'], w('Open or close the details')],
  [['o'], w('Open the record in its source')],
  [['p'], w('Pin for everybody')],
  [['c'], w('Copy a link to the touchpoint')],
  [['u', 'd'], w('Next unhappy, next delighted moment')],
  [['[', ']'], w('Newer, older open case')],
  [['t'], w('Go to a date')],
  [['f'], w('Filters')],
  [['1', '8'], w('One of the filters, 1 is all')],
  [['1', '2', '3'], w('In the review: one person, two people, later')],
  [['n'], w('Leave a note')],
  [['.'], w('Back to the newest')],
  [['g', 'c'], w('Customers; g r Review, g x Connections, g d Dead letters, g o Destinations')],
  [['?'], w('This list')],
  [['Esc'], w('Back to the page')],
];

export function Help() {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (help_shown.value) dialog.current?.showModal();
    else dialog.current?.close();
  }, [help_shown.value]);
  return (
    <dialog ref={dialog} class="dialog" aria-labelledby="help-title" onClose={() => (help_shown.value = false)}>
      <h2 id="help-title">{t('Keyboard')}</h2>
      <dl class="keys">
        {k_keys.map(([keys, meaning]) => (
          <div key={meaning}>
            <dt>{keys.map(key => <kbd key={key}>{key}</kbd>)}</dt>
            <dd>{t(meaning)}</dd>
          </div>
        ))}
      </dl>
      <label class="check">
        <input type="checkbox" checked={single_keys.value} onChange={event => (single_keys.value = event.currentTarget.checked)} />
        {t('Keys of one character act')}
      </label>
      <p class="dialog-end">
        <button class="button" onClick={() => (help_shown.value = false)}>{t('Close')}</button>
        <a class="text-button" href="/docs" target="_blank">{t('Help')}</a>
        <a class="text-button" href="/licenses.txt" target="_blank">{t('Licences')}</a>
      </p>
    </dialog>
  );
}
