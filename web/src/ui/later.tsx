// Parts that can come a moment later than the first rows, or that few visits need: fetched when first asked for.
import {signal, type Signal} from '@preact/signals';
import type {ComponentChild, ComponentType} from 'preact';
import {useEffect} from 'preact/hooks';

/** Draws what keeps its place, or nothing, until the part has come; it is fetched once. */
export function later<P extends object>(load: () => Promise<ComponentType<P>>, place: ComponentChild = null): ComponentType<P> {
  const part: Signal<ComponentType<P> | null> = signal(null);
  return function Later(props: P) {
    useEffect(() => {
      if (!part.peek()) void load().then(loaded => (part.value = loaded), () => {});
    }, []);
    const Part = part.value;
    return Part ? <Part {...props} /> : <>{place}</>;
  };
}
