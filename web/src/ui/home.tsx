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
      {read && !read.some(({records}) => records) ? <FirstSteps connected={read.length > 0} /> : null}
      {sources.failure.value ? <p class="hint alarm" role="alert">The sources could not be read: {sources.failure.value.message}.</p> : null}
    </div>
  );
}

/** An empty store greets with what comes next. */
function FirstSteps({connected}: {connected: boolean}) {
  return (
    <section class="first-steps" aria-labelledby="first-steps">
      <h2 id="first-steps">{connected ? 'Nothing has been read yet' : 'No source is connected yet'}</h2>
      <ol>
        {connected ? null : <li>Add a connection to <code>touchline.yaml</code>; the files in <code>config/examples</code> run as they are.</li>}
        <li><code>touchline config check</code> says what is wrong, where, and how to mend it.</li>
        <li><code>touchline connections run</code> reads what is there; the timelines fill while you watch.</li>
      </ol>
      <p>Only looking? <code>touchline demo</code> shows a sample company. <a class="link" href="/docs" target="_blank">Help</a></p>
    </section>
  );
}
