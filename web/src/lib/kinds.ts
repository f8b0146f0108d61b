// What kinds, channels, states and scores look like and are called. Pure: data in, names out.
import type {Experience} from '../api/types';
import {sentence} from './format';
import {t, w, word} from './words';

/** The chips above the timeline. `kinds` goes to the API as it stands. */
export const k_groups = [
  {id: 'all', label: w('All'), kinds: ''},
  {id: 'talk', label: w('Conversations'), kinds: 'message,call,meeting,visit,post'},
  {id: 'cases', label: w('Cases'), kinds: 'case,task'},
  {id: 'orders', label: w('Orders'), kinds: 'order,cart,quote,deal,lead'},
  {id: 'billing', label: w('Billing'), kinds: 'invoice,payment,subscription'},
  {id: 'web', label: w('Web'), kinds: 'page,product,search,form,session,login,feature,campaign'},
  {id: 'feedback', label: w('Feedback'), kinds: 'survey,review'},
  {id: 'notes', label: w('Notes'), kinds: 'note'},
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
  web: w('the web'), app: w('the app'), email: w('email'), phone: w('phone'), sms: w('text message'), chat: w('chat'), messaging: w('messaging'), social: w('social media'),
  store: w('store'), post: w('post'), event: w('event'), partner: w('partner'), internal: w('internal'), unknown: w('unknown channel'),
};
export const channel_name = (channel: string) => (channel_names[channel] ? t(channel_names[channel]) : sentence(channel.replace(/^x\./, '')));

export type Tone = 'open' | 'waiting' | 'done';
const k_open = /^(open|opened|new|reopened|escalated|overdue|failed|late|missed)$/i;
const k_waiting = /^(pending|waiting|hold|on.hold|in.progress|in.transit|processing|scheduled|draft|authori[sz]ed|unpaid)$/i;
export function tone_of(status: string): Tone {
  return k_open.test(status) ? 'open' : k_waiting.test(status) ? 'waiting' : 'done';
}

const talk_families = new Set(['message', 'call', 'meeting', 'visit', 'note', 'post']);
/** Icon and arrow say what it was; the kind's name would only repeat them. */
export const is_talk = (kind: string) => talk_families.has(kind.split('.')[0]!);

const measure_names: Record<string, string> = {nps: w('NPS answer'), csat: w('CSAT'), ces: w('Customer effort'), stars: w('Stars'), thumb: w('Thumb')};
export const measure_name = (measure: string) => (measure_names[measure] ? t(measure_names[measure]) : sentence(measure));

/** "NPS answer 4 of 10". A model's or a rule's opinion says that it is one. */
export function experience_text(experience: Pick<Experience, 'measure' | 'value' | 'max' | 'label' | 'by'>): string {
  const number = Math.round(experience.value * 100) / 100;
  const value = experience.label ? sentence(experience.label) : experience.max && experience.max > 1 ? t('{value} of {max}', {value: number, max: experience.max}) : `${number}`;
  const said = `${measure_name(experience.measure)} ${value}`;
  return experience.by === 'model' || experience.by === 'rule' ? t('{what}, estimated', {what: said}) : said;
}

const field_names: Record<string, string> = {'name.full': w('Full name'), 'name.given': w('First name'), 'name.family': w('Last name'), 'company.name': w('Company')};
export const field_name = (name: string) => word(field_names[name] ?? sentence(name.replaceAll('.', ' ')));

const rule_names: Record<string, string> = {
  most_recent: w('The latest counts'), oldest: w('The first counts'), most_frequent: w('What most systems say counts'),
  most_trusted: w('What is verified counts'), source_order: w('The preferred source counts'), manual: w('A person decided'),
};
/** Why one of several values of a field counts. */
export const rule_name = (rule = '') => word(rule_names[rule] ?? '');

const namespace_names: Record<string, string> = {
  email: w('Email'), phone: w('Phone'), name: w('Name'), cookie: w('Browser'), device: w('Device'), account: w('Account'), loyalty: w('Loyalty card'),
};
/** "zendesk.user" is "Zendesk user". */
export function namespace_name(ns: string): string {
  return word(namespace_names[ns] ?? sentence(ns.replaceAll('.', ' ')));
}
