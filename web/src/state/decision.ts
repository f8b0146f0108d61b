// Which decision about identities is being taken, and the last one, so that it can be taken back.
import {signal, type Signal} from '@preact/signals';
import type {Customer} from '../api/types';
import type {CustomerState} from './customer';

export interface Deciding {
  kind: 'merge' | 'split';
  state: CustomerState;
  customer: Customer;
}

/** The dialog is open while there is one. */
export const deciding: Signal<Deciding | null> = signal(null);
/** What was done last and can be undone: shown as a line until it is closed. */
export const done: Signal<{sentence: string; token: string; back_to: string} | null> = signal(null);

export const decide_merge = (state: CustomerState, customer: Customer) => (deciding.value = {kind: 'merge', state, customer});
export const decide_split = (state: CustomerState, customer: Customer) => (deciding.value = {kind: 'split', state, customer});
