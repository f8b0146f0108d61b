// One answer of the API, read again every few seconds while its page is on screen.
import {useEffect, useMemo} from 'preact/hooks';
import {Resource} from '../lib/resource';

const k_again_ms = 10_000;

export function use_live<T>(read: (stop: AbortSignal) => Promise<T>, key: string): Resource<T> {
  const resource = useMemo(() => new Resource(read), [key]);
  useEffect(() => {
    void resource.load();
    const timer = setInterval(() => {
      if (!document.hidden) void resource.load();
    }, k_again_ms);
    return () => {
      clearInterval(timer);
      resource.stop();
    };
  }, [resource]);
  return resource;
}
