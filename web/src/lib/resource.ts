// One answer of the API on screen: what was read last, when, and why the latest try failed. Stale data stays.
import {signal, type Signal} from '@preact/signals';
import {Failure} from '../api/client';
import {t} from './words';

export class Resource<T> {
  readonly value: Signal<T | null> = signal(null);
  readonly failure: Signal<Failure | null> = signal(null);
  readonly loading = signal(false);
  /** When the value was read. */
  read_at = 0;
  private running: AbortController | null = null;

  constructor(private readonly read: (signal: AbortSignal) => Promise<T>) {}

  /** Reads anew; an earlier read that is still under way is given up. */
  async load(): Promise<void> {
    this.running?.abort();
    const run = (this.running = new AbortController());
    this.loading.value = true;
    try {
      const value = await this.read(run.signal);
      if (run.signal.aborted) return;
      this.read_at = Date.now();
      this.value.value = value;
      this.failure.value = null;
    } catch (error) {
      if (!run.signal.aborted) this.failure.value = as_failure(error);
    } finally {
      if (this.running === run) this.loading.value = false;
    }
  }

  stop(): void {
    this.running?.abort();
  }
}

export function as_failure(error: unknown): Failure {
  return error instanceof Failure ? error : new Failure(0, t('The answer could not be read'));
}
