// Where the labels of the journey strip go: beside their point, never over one another, never out of the strip.

export interface Wanted {
  x: number;
  y: number;
  /** What the text takes, in pixels. */
  width: number;
  /** Peaks are labelled above, lows below. */
  above: boolean;
}
export interface Placed {
  x: number;
  y: number;
  anchor: 'start' | 'end' | 'middle';
}
interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

const k_height = 15;
const k_gap = 10;

const touches = (a: Box, b: Box) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** One entry per wish, in order; null where there is no room. Earlier wishes come first. */
export function place_labels(wishes: readonly Wanted[], width: number, top: number, bottom: number): (Placed | null)[] {
  const taken: Box[] = wishes.map(({x, y}) => ({left: x - 6, right: x + 6, top: y - 6, bottom: y + 6}));
  return wishes.map((wish, own) => {
    for (const {placed, box} of candidates(wish)) {
      if (box.left < 0 || box.right > width || box.top < top || box.bottom > bottom) continue;
      if (taken.some((other, at) => at !== own && touches(box, other))) continue;
      taken.push(box);
      return placed;
    }
    return null;
  });
}

function candidates({x, y, width, above}: Wanted): {placed: Placed; box: Box}[] {
  const near = above ? -k_gap : k_gap + 11;
  const far = above ? k_gap + 11 : -k_gap;
  const options: Placed[] = [
    {x: x - 4, y: y + near, anchor: 'start'},
    {x, y: y + near, anchor: 'middle'},
    {x: x + 4, y: y + near, anchor: 'end'},
    {x: x - 4, y: y + far, anchor: 'start'},
    {x: x + 4, y: y + far, anchor: 'end'},
    {x: x + k_gap, y: y + 4, anchor: 'start'},
    {x: x - k_gap, y: y + 4, anchor: 'end'},
  ];
  return options.map(placed => {
    const left = placed.anchor === 'start' ? placed.x : placed.anchor === 'end' ? placed.x - width : placed.x - width / 2;
    return {placed, box: {left, right: left + width, top: placed.y - k_height + 3, bottom: placed.y + 3}};
  });
}
