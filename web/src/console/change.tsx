// The pages on which something is changed, fetched together when the first of them is asked for.
import type {PagesProps} from '../ui/console';
import {MappingsPage} from './mappings';
import {PlanPage} from './plan';
import {ReplayPage} from './replay';
import {show_with} from './shown';
import {StudioPage} from './studio';
import {TapPage} from './tap';

export function Change({here, Shown}: PagesProps) {
  show_with(Shown);
  return (
    <>
      {here.name === 'mappings' ? <MappingsPage /> : null}
      {here.name === 'mapping' ? <StudioPage key={`${here.id}/${here.stream}`} connection={here.id} stream={here.stream} /> : null}
      {here.name === 'plan' ? <PlanPage key={location.search} /> : null}
      {here.name === 'replay' ? <ReplayPage /> : null}
      {here.name === 'tap' ? <TapPage /> : null}
    </>
  );
}
