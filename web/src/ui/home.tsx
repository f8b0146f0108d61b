// The start page: the search, and how far the view can be trusted today.
import {useEffect, useMemo} from 'preact/hooks';
import {connections} from '../api/client';
import {Resource} from '../lib/resource';
import {SearchBox} from './search_box';
import {SourceList} from './sources';

export function Home() {
  const sources = useMemo(() => new Resource(connections), []);
  useEffect(() => {
    void sources.load();
    return () => sources.stop();
  }, [sources]);
  const read = sources.value.value?.connections;
  return (
    <div class="home">
      <h1>Who is it about?</h1>
      <SearchBox large />
      <p class="hint">Three characters are enough. Phone numbers work in any form.</p>
      {read?.length ? (
        <section class="home-sources" aria-labelledby="home-sources">
          <h2 id="home-sources">Sources</h2>
          <SourceList sources={read.map(({id, ...rest}) => ({connection: id, ...rest}))} />
        </section>
      ) : null}
      {read && !read.length ? <p class="hint">No source is connected yet. Add a connection to touchline.yaml to fill the timelines.</p> : null}
      {sources.failure.value ? <p class="hint alarm" role="alert">The sources could not be read: {sources.failure.value.message}.</p> : null}
    </div>
  );
}
