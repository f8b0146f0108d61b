// Joining two customers and taking one apart: chosen, previewed, confirmed, and taken back if it was wrong.
import {signal, type Signal} from '@preact/signals';
import * as api from '../api/client';
import type {Decision, Match} from '../api/types';
import {customer_path} from '../lib/address';
import {as_failure} from '../lib/resource';
import {deciding, done} from './decision';
import {go} from './route';
import {my_name} from './settings';
import {t} from '../lib/words';

export const other: Signal<Match | null> = signal(null);
export const chosen: Signal<ReadonlySet<string>> = signal(new Set());
export const reason = signal('');
export const preview: Signal<Decision | null> = signal(null);
export const failure = signal('');
/** A new decision begins with nothing chosen. */
export function begin(): void {
  other.value = null;
  chosen.value = new Set();
  reason.value = '';
  preview.value = null;
  failure.value = '';
}

function ask(dry_run: boolean): Promise<Decision> {
  const {kind, customer} = deciding.peek()!;
  return kind === 'merge'
    ? api.merge(customer.id, other.peek()!.customer, my_name.peek(), reason.peek(), dry_run)
    : api.split(customer.id, [...chosen.peek()], my_name.peek(), reason.peek(), dry_run);
}

/** Asks what would become of it; nothing changes. */
export async function look_ahead(): Promise<void> {
  const {kind} = deciding.peek()!;
  if (kind === 'merge' ? !other.peek() : !chosen.peek().size) {
    preview.value = null;
    return;
  }
  try {
    preview.value = await ask(true);
    failure.value = '';
  } catch (error) {
    preview.value = null;
    failure.value = as_failure(error).message;
  }
}

export async function confirm_decision(): Promise<void> {
  const {kind, state, customer} = deciding.peek()!;
  try {
    const decision = await ask(false);
    const sentence = kind === 'merge' ? t('{a} and {b} are one customer now', {a: customer.name, b: other.peek()!.name}) : t('{n} of the identities are a customer of their own now', {n: chosen.peek().size});
    if (decision.undo_token) done.value = {sentence, token: decision.undo_token, back_to: customer.id};
    deciding.value = null;
    const stays = decision.after.find(({id}) => id === customer.id) ?? decision.after[0];
    if (stays && stays.id !== state.id) go(customer_path(stays.id));
    else state.load();
  } catch (error) {
    failure.value = as_failure(error).message;
  }
}

export async function undo_decision(): Promise<void> {
  const last = done.peek();
  if (!last) return;
  try {
    await api.undo(last.token, my_name.peek());
    done.value = null;
    go(customer_path(last.back_to));
    location.reload();
  } catch (error) {
    done.value = {...last, sentence: t('It could not be undone: {why}', {why: as_failure(error).message})};
  }
}
