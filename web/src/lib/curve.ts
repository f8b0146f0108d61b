// The emotion curve: a monotone cubic through the measurements (Fritsch and Carlson, 1980), which never goes beyond them.

export interface Point {
  x: number;
  y: number;
}

/** The slopes at the points, limited so that nothing overshoots. Expects ascending x. */
function slopes(points: readonly Point[]): number[] {
  const steps = points.slice(1).map((point, at) => (point.y - points[at]!.y) / (point.x - points[at]!.x));
  const result = points.map((_, at) => {
    if (at === 0) return steps[0]!;
    if (at === points.length - 1) return steps[at - 1]!;
    return steps[at - 1]! * steps[at]! <= 0 ? 0 : (steps[at - 1]! + steps[at]!) / 2;
  });
  steps.forEach((step, at) => {
    if (step === 0) {
      result[at] = result[at + 1] = 0;
      return;
    }
    const length = Math.hypot(result[at]! / step, result[at + 1]! / step);
    if (length <= 3) return;
    result[at] = (3 / length) * result[at]!;
    result[at + 1] = (3 / length) * result[at + 1]!;
  });
  return result;
}

const number = (value: number) => value.toFixed(1);

/** One SVG path per stretch between two points, so that each can be drawn in its own way. */
export function stretches(points: readonly Point[]): string[] {
  if (points.length < 2) return [];
  const slope = slopes(points);
  return points.slice(1).map((to, at) => {
    const from = points[at]!;
    const third = (to.x - from.x) / 3;
    const bends = [from.x + third, from.y + slope[at]! * third, to.x - third, to.y - slope[at + 1]! * third, to.x, to.y];
    return `M${number(from.x)} ${number(from.y)}C${bends.map(number).join(' ')}`;
  });
}

/** Two points at the same place in time are one: the later counts. */
export function ascending(points: readonly Point[]): Point[] {
  const result: Point[] = [];
  for (const point of points) {
    if (result.length && point.x - result.at(-1)!.x < 0.5) result.pop();
    result.push(point);
  }
  return result;
}
