// A text with numbered lines, and a mark at each line that something is wrong with.
import type {Ref} from 'preact';
import {useRef} from 'preact/hooks';
import type {Fault} from './change_types';

interface Props {
  text: string;
  faults: readonly Fault[];
  label: string;
  readonly: boolean;
  field: Ref<HTMLTextAreaElement>;
  change: (text: string) => void;
}

/** Tab leaves the field, as everywhere; Enter keeps the indentation. */
export function Editor({text, faults, label, readonly, field, change}: Props) {
  const gutter = useRef<HTMLDivElement>(null);
  const marked = new Map(faults.map(fault => [fault.line, fault.message]));
  const on_key = (event: KeyboardEvent) => {
    const box = event.currentTarget as HTMLTextAreaElement;
    if (event.key !== 'Enter' || event.isComposing || event.ctrlKey || event.metaKey) return;
    const start = text.lastIndexOf('\n', box.selectionStart - 1) + 1;
    const indent = /^ */.exec(text.slice(start, box.selectionStart))![0];
    if (!indent) return;
    event.preventDefault();
    // Keeps the browser's own undo, which setting the value would lose.
    document.execCommand('insertText', false, `\n${indent}`);
  };
  return (
    <div class="editor">
      <div class="gutter" aria-hidden="true" ref={gutter}>
        {text.split('\n').map((_, at) => <i key={at} class={marked.has(at + 1) ? 'bad' : undefined} title={marked.get(at + 1)}>{at + 1}</i>)}
      </div>
      <textarea ref={field} value={text} readOnly={readonly} spellcheck={false} wrap="off" aria-label={label} aria-describedby="faults" aria-invalid={faults.length > 0}
        onInput={event => change(event.currentTarget.value)} onKeyDown={on_key}
        onScroll={event => gutter.current && (gutter.current.scrollTop = event.currentTarget.scrollTop)} />
    </div>
  );
}

/** Puts the cursor where the fault is. */
export function go_to(field: HTMLTextAreaElement | null, {line, column, length}: Fault): void {
  if (!field) return;
  const lines = field.value.split('\n');
  const start = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0) + Math.max(0, column - 1);
  field.focus();
  field.setSelectionRange(start, start + length);
  field.scrollTop = Math.max(0, (line - 6) * (field.scrollHeight / lines.length));
}
