// The customer and the identities that make them, as a picture. The list below says the same in words.
import type {Customer, Identity} from '../api/types';
import {counted, initials} from '../lib/format';
import {glyph_of} from '../lib/identities';
import {glyphs} from './icons';
import {t} from '../lib/words';

const k_seats = [[40, 24], [264, 24], [24, 78], [280, 78], [62, 132], [242, 132]] as const;
const k_middle = {x: 152, y: 78};

/** The most telling first: what somebody types, then keys of systems, then what tells little. */
export function seated(identities: readonly Identity[]): Identity[] {
  const rank = ({ns, strength}: Identity) => (ns === 'email' ? 0 : ns === 'phone' ? 1 : strength === 'weak' ? 3 : 2);
  return [...identities].sort((a, b) => rank(a) - rank(b)).slice(0, k_seats.length);
}

export function IdentityGraph({customer}: {customer: Customer}) {
  const shown = seated(customer.identities);
  const {x: cx, y: cy} = k_middle;
  return (
    <svg class="identity-graph" viewBox="0 0 304 160" role="img" aria-label={t('{count} are held to be one customer', {count: counted(customer.identities.length, 'identity')})}>
      {shown.map(({strength}, at) => {
        const [x, y] = k_seats[at]!;
        return <path key={at} class={strength === 'weak' ? 'edge weak' : 'edge'} d={`M${cx} ${cy}Q${(cx + x) / 2} ${y} ${x} ${y}`} />;
      })}
      <circle class="person" cx={cx} cy={cy} r="23" />
      <text class="initials" x={cx} y={cy + 5} text-anchor="middle">{initials(customer.name)}</text>
      {shown.map((identity, at) => {
        const [x, y] = k_seats[at]!;
        return (
          <g key={at} class="satellite">
            <title>{identity.value}</title>
            <circle cx={x} cy={y} r="15" />
            <svg class="icon" x={x - 7.5} y={y - 7.5} width="15" height="15" viewBox="0 0 24 24" dangerouslySetInnerHTML={{__html: glyphs[glyph_of(identity.ns)]}} />
          </g>
        );
      })}
    </svg>
  );
}
