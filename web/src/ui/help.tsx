import {useEffect, useRef} from 'preact/hooks';
import {help_shown} from '../state/screen';

const k_keys: [string[], string][] = [
  [['/'], 'Find a customer'],
  [['j', 'k'], 'Next, previous touchpoint'],
  [['Enter'], 'Open or close the details'],
  [['o'], 'Open the record in its source'],
  [['.'], 'Back to the newest'],
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
      <p class="dialog-end">
        <button class="button" onClick={() => (help_shown.value = false)}>Close</button>
        <a class="text-button" href="/licenses.txt" target="_blank">Licences</a>
      </p>
    </dialog>
  );
}
