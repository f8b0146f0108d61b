// How a touchpoint looks to agents. The agent's page has the component; it is handed down so that it is loaded once.
import type {ComponentType} from 'preact';
import type {Touchpoint} from '../api/types';

export let Shown: ComponentType<{item: Touchpoint}> = () => null;
export const show_with = (component: typeof Shown): void => void (Shown = component);
