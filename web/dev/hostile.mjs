// What somebody hopes a browser will run, or a layout will break on; and answers with nothing but that in every text.

export const k_code = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>\u202e"\'&amp;';
export const k_megabyte = 'All of it. '.repeat(95_325);
/** One endless word, control characters, emoji that join, marks that pile up, directions that fight, what looks like the app's own. */
export const k_awkward = [
  'w'.repeat(20_000), '\u0000\u0001\u0007\u001b[31m\u0085\u2028\u2029\ufeff', '👩‍👩‍👧‍👦🏳️‍🌈'.repeat(300), `Z${'\u0301\u0323\u0489'.repeat(200)}`,
  '\u202e\u2066\u2067abc \u05d0\u05d1\u05d2 \u0627\u0628\u062c'.repeat(40), '{n} {why} {name}', '__proto__', '\ud800',
];
/** Enough of each to push any column aside; more of all of them would only keep the tests waiting. */
const k_texts = [k_code, ...k_awkward].map(text => text.slice(0, 500));
const k_address = 'javascript:window.hacked=1';

/** What the page finds its way by, and lists that the API itself is the author of. */
const k_own = new Set([
  'id', 'ids', 'customer', 'touchpoint', 'etag', 'undo_token', 'state', 'kind', 'kinds', 'channel', 'direction', 'tone', 'measure', 'outcome', 'stage', 'by', 'status', 'trend', 'ns', 'tokens', 'role', 'may', 'ways',
]);
const k_long = new Set(['text', 'snippet', 'message', 'error', 'reason', 'diff']);
const is_time = text => /^\d{4}-\d\d-\d\dT/.test(text);

/** The same answer with hostile texts, each with a number before it so that no two are one; a megabyte for one of them. */
export function poisoned(body) {
  let place = 0;
  let is_long_left = true;
  const text_for = name => {
    if (/url$/.test(name)) return k_address;
    place += 1;
    if (is_long_left && k_long.has(name)) {
      is_long_left = false;
      return k_megabyte;
    }
    return `${k_texts[place % k_texts.length]} ${place}`;
  };
  const turn = (value, name) => {
    if (k_own.has(name)) return value;
    if (typeof value === 'string') return value && !is_time(value) ? text_for(name) : value;
    if (Array.isArray(value)) return value.map(each => turn(each, name));
    return value && typeof value === 'object' ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, turn(each, key)])) : value;
  };
  return turn(body, '');
}
