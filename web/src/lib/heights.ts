// The heights of all rows of a long list, measured or estimated, with running totals in O(log n): a Fenwick tree.

export class Heights {
  private readonly rows: Float64Array;
  private readonly tree: Float64Array;

  constructor(readonly count: number, estimate: number) {
    this.rows = new Float64Array(count).fill(estimate);
    this.tree = new Float64Array(count + 1);
    for (let node = 1; node <= count; node++) this.tree[node] = (node & -node) * estimate;
  }

  of(row: number): number {
    return this.rows[row] ?? 0;
  }

  /** Returns by how much the row grew. */
  set(row: number, height: number): number {
    const growth = height - this.rows[row]!;
    if (growth === 0) return 0;
    this.rows[row] = height;
    for (let node = row + 1; node <= this.count; node += node & -node) this.tree[node]! += growth;
    return growth;
  }

  /** The height of all rows before this one. */
  before(row: number): number {
    let sum = 0;
    for (let node = Math.min(row, this.count); node > 0; node -= node & -node) sum += this.tree[node]!;
    return sum;
  }

  total(): number {
    return this.before(this.count);
  }

  /** The row that covers this distance from the top; the last one if it lies beyond. */
  at(distance: number): number {
    let row = 0;
    let step = 1;
    while (step * 2 <= this.count) step *= 2;
    for (let left = distance; step > 0; step >>= 1) {
      if (row + step <= this.count && this.tree[row + step]! <= left) {
        row += step;
        left -= this.tree[row]!;
      }
    }
    return Math.max(0, Math.min(row, this.count - 1));
  }
}
