// What was just decided, with the way back.
import {undo_decision} from '../state/deciding';
import {done} from '../state/decision';
import {Hidden, Icon} from './parts';
import {t} from '../lib/words';

export function DecisionLine() {
  const last = done.value;
  return (
    <div class="toast-place" role="status">
      {last ? (
        <p class="toast">
          <span>{last.sentence}.</span>
          <button onClick={() => void undo_decision()}><Icon name="undo" size={13} />{t('Undo')}</button>
          <button onClick={() => (done.value = null)}><Icon name="close" size={13} /><Hidden>{t('Close')}</Hidden></button>
        </p>
      ) : null}
    </div>
  );
}
