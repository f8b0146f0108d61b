import {useEffect, useRef} from 'preact/hooks';
import {help_shown} from '../state/screen';
import {single_keys} from '../state/settings';

const k_keys: [string[], string][] = [
  [['/'], 'Find a customer'],
  [['j', 'k'], 'Next, previous touchpoint'],
  [['Enter'], 'Open or close the details'],
  [['o'], 'Open the record in its source'],
  [['p'], 'Pin for everybody'],
  [['c'], 'Copy a link to the touchpoint'],
  [['u', 'd'], 'Next unhappy, next delighted moment'],
  [['[', ']'], 'Newer, older open case'],
  [['t'], 'Go to a date'],
  [['f'], 'Filters'],
  [['1', '8'], 'One of the filters, 1 is all'],
  [['n'], 'Leave a note'],
  [['.'], 'Back to the newest'],
  [['g', 'c'], 'Customers; g r Review, g x Connections, g d Dead letters, g o Destinations'],
  [['?'], 'This list'],
  [['Esc'], 'Back to the page'],
];

export function Help() {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (help_shown.value) dialog.current?.showModal();
    else dialog.current?.close();
  }, [help_shown.value]);
  return (
    <dialog ref={dialog} class="dialog" aria-labelledby="help-title" onClose={() => (help_shown.value = false)}>
      <h2 id="help-title">Keyboard</h2>
      <dl class="keys">
        {k_keys.map(([keys, meaning]) => (
          <div key={meaning}>
            <dt>{keys.map(key => <kbd key={key}>{key}</kbd>)}</dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <label class="check">
        <input type="checkbox" checked={single_keys.value} onChange={event => (single_keys.value = event.currentTarget.checked)} />
        Keys of one character act
      </label>
      <p class="dialog-end">
        <button class="button" onClick={() => (help_shown.value = false)}>Close</button>
        <a class="text-button" href="/docs" target="_blank">Help</a>
        <a class="text-button" href="/licenses.txt" target="_blank">Licences</a>
      </p>
    </dialog>
  );
}
