// A mood as a shape: up, level or down; filled when strong, outlined when mild.
import type {Tone} from '../api/types';

const shapes: Record<Tone, {path: string; filled: boolean}> = {
  delighted: {path: 'M6 2 10.5 10h-9z', filled: true},
  content: {path: 'M6 2 10.5 10h-9z', filled: false},
  neutral: {path: 'M2 5h8v2H2z', filled: true},
  unhappy: {path: 'M6 10 1.5 2h9z', filled: false},
  angry: {path: 'M6 10 1.5 2h9z', filled: true},
};

/** Decoration: the word stands beside it. */
export function MoodGlyph({tone, size = 11}: {tone: Tone; size?: number}) {
  const {path, filled} = shapes[tone];
  return (
    <svg class={`mood ${tone}`} width={size} height={size} viewBox="0 0 12 12" aria-hidden="true">
      <path d={path} class={filled ? 'filled' : 'outlined'} />
    </svg>
  );
}
