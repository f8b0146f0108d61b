// What kinds, channels, states and scores look like and are called. Pure: data in, names out.
import type {Experience} from '../api/types';
import {sentence} from './format';

/** The chips above the timeline. `kinds` goes to the API as it stands. */
export const k_groups = [
  {id: 'all', label: 'All', kinds: ''},
  {id: 'talk', label: 'Conversations', kinds: 'message,call,meeting,visit,post'},
  {id: 'cases', label: 'Cases', kinds: 'case,task'},
  {id: 'orders', label: 'Orders', kinds: 'order,cart,quote,deal,lead'},
  {id: 'billing', label: 'Billing', kinds: 'invoice,payment,subscription'},
  {id: 'web', label: 'Web', kinds: 'page,product,search,form,session,login,feature,campaign'},
  {id: 'feedback', label: 'Feedback', kinds: 'survey,review'},
  {id: 'notes', label: 'Notes', kinds: 'note'},
] as const;
export type GroupId = (typeof k_groups)[number]['id'];

const icon_of_family: Record<string, IconId> = {
  order: 'order', cart: 'cart', invoice: 'invoice', payment: 'payment', subscription: 'invoice', survey: 'survey', review: 'survey',
  note: 'note', case: 'case', campaign: 'campaign', deal: 'deal', quote: 'deal', lead: 'deal', meeting: 'event', task: 'task',
};
const icon_of_channel: Record<string, IconId> = {
  web: 'web', app: 'app', email: 'email', phone: 'phone', sms: 'sms', chat: 'chat', messaging: 'messaging', social: 'social',
  store: 'store', post: 'post', event: 'event', partner: 'deal', internal: 'internal',
};
const k_delivery = new Set(['order.shipped', 'order.delivered', 'order.returned']);

export type IconId =
  | 'order' | 'cart' | 'delivery' | 'invoice' | 'payment' | 'survey' | 'note' | 'case' | 'campaign' | 'deal' | 'task' | 'web' | 'app'
  | 'email' | 'phone' | 'sms' | 'chat' | 'messaging' | 'social' | 'store' | 'post' | 'event' | 'internal' | 'other';

/** What happened decides, unless it was talk: then how it was said decides. */
export function icon_of(kind: string, channel: string): IconId {
  if (k_delivery.has(kind)) return 'delivery';
  return icon_of_family[kind.split('.')[0]!] ?? icon_of_channel[channel] ?? 'other';
}

const channel_names: Record<string, string> = {
  web: 'the web', app: 'the app', email: 'email', phone: 'phone', sms: 'text message', chat: 'chat', messaging: 'messaging', social: 'social media',
  store: 'store', post: 'post', event: 'event', partner: 'partner', internal: 'internal', unknown: 'unknown channel',
};
export const channel_name = (channel: string) => channel_names[channel] ?? sentence(channel.replace(/^x\./, ''));

export type Tone = 'open' | 'waiting' | 'done';
const k_open = /^(open|opened|new|reopened|escalated|overdue|failed|late|missed)$/i;
const k_waiting = /^(pending|waiting|hold|on.hold|in.progress|in.transit|processing|scheduled|draft|authori[sz]ed|unpaid)$/i;
export function tone_of(status: string): Tone {
  return k_open.test(status) ? 'open' : k_waiting.test(status) ? 'waiting' : 'done';
}

const talk_families = new Set(['message', 'call', 'meeting', 'visit', 'note', 'post']);
/** Icon and arrow say what it was; the kind's name would only repeat them. */
export const is_talk = (kind: string) => talk_families.has(kind.split('.')[0]!);

const measure_names: Record<string, string> = {nps: 'NPS answer', csat: 'CSAT', ces: 'Customer effort', stars: 'Stars', thumb: 'Thumb'};
export const measure_name = (measure: string) => measure_names[measure] ?? sentence(measure);

/** "NPS answer 4 of 10". A model's or a rule's opinion says that it is one. */
export function experience_text(experience: Pick<Experience, 'measure' | 'value' | 'max' | 'label' | 'by'>): string {
  const number = Math.round(experience.value * 100) / 100;
  const value = experience.label ? sentence(experience.label) : experience.max && experience.max > 1 ? `${number} of ${experience.max}` : `${number}`;
  const guessed = experience.by === 'model' || experience.by === 'rule' ? ', estimated' : '';
  return `${measure_name(experience.measure)} ${value}${guessed}`;
}

const field_names: Record<string, string> = {'name.full': 'Full name', 'name.given': 'First name', 'name.family': 'Last name', 'company.name': 'Company'};
export const field_name = (name: string) => field_names[name] ?? sentence(name.replaceAll('.', ' '));

const rule_names: Record<string, string> = {
  most_recent: 'The latest counts', oldest: 'The first counts', most_frequent: 'What most systems say counts',
  most_trusted: 'What is verified counts', source_order: 'The preferred source counts', manual: 'A person decided',
};
/** Why one of several values of a field counts. */
export const rule_name = (rule = '') => rule_names[rule] ?? '';

const namespace_names: Record<string, string> = {
  email: 'Email', phone: 'Phone', name: 'Name', cookie: 'Browser', device: 'Device', account: 'Account', loyalty: 'Loyalty card',
};
/** "zendesk.user" is "Zendesk user". */
export function namespace_name(ns: string): string {
  return namespace_names[ns] ?? sentence(ns.replaceAll('.', ' '));
}
