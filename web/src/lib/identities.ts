// How identities look. Pure.
import type {Glyph} from '../ui/icons';

const k_glyphs: Record<string, Glyph> = {email: 'email', phone: 'phone', cookie: 'cookie', device: 'app', name: 'people'};
const k_first_parts: [RegExp, Glyph][] = [[/^(crm|sf|hubspot|salesforce)/, 'id'], [/^(shop|order|shopify)/, 'cart'], [/^(billing|ledger|invoice|account)/, 'invoice'], [/^social|^x\.|^did/, 'social'], [/^survey/, 'survey'], [/desk|zendesk|ticket/, 'case']];

export function glyph_of(ns: string): Glyph {
  return k_glyphs[ns] ?? k_first_parts.find(([pattern]) => pattern.test(ns))?.[1] ?? 'other';
}
