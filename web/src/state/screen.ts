// Small things about the screen that several parts share.
import {signal} from '@preact/signals';

/** On narrow screens the side panel is a tab beside the timeline. */
export const tab = signal<'timeline' | 'about'>('timeline');
export const help_shown = signal(false);
/** Shown inside another system's page. */
export const is_framed = window.self !== window.top;
/** Which of its two periods the journey strip shows. */
export const strip_period = signal<'recent' | 'long_term'>('recent');

/** The minute now, for "38 min ago"; moves only while the page is seen. */
export const now = signal(Date.now());
setInterval(() => {
  if (!document.hidden) now.value = Date.now();
}, 30_000);
document.addEventListener('visibilitychange', () => (now.value = Date.now()));

/** Below this the page scrolls as one; above it the timeline scrolls by itself. */
export const narrow = matchMedia('(max-width: 720px)');
