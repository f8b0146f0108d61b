// What the team has pinned on this customer, and notes about the person. Shared by everybody.
import {signal, type Signal} from '@preact/signals';
import * as api from '../api/client';
import type {Pin} from '../api/types';
import {my_name} from './settings';

export const pins: Signal<Pin[]> = signal([]);

export async function load_pins(customer: string, stop?: AbortSignal): Promise<void> {
  pins.value = (await api.pins(customer, stop)).pins;
}

export async function toggle_pin(customer: string, touchpoint: string): Promise<void> {
  const pinned = !pins.peek().some(pin => pin.touchpoint === touchpoint);
  await api.pin(customer, touchpoint, pinned, my_name.peek());
  await load_pins(customer);
}
