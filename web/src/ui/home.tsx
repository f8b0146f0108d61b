// The start page: the search, and how far the view can be trusted today.
import {useEffect, useMemo} from 'preact/hooks';
import {connections} from '../api/client';
import {Resource} from '../lib/resource';
import {SearchBox} from './search_box';
import {SourceList} from './sources';
import {rich, t} from '../lib/words';

export function Home() {
  const sources = useMemo(() => new Resource(connections), []);
  useEffect(() => {
    void sources.load();
    return () => sources.stop();
  }, [sources]);
  const read = sources.value.value?.connections;
  return (
    <div class="home">
      <h1>{t('Who is it about?')}</h1>
      <SearchBox large />
      <p class="hint">{t('Three characters are enough. Phone numbers work in any form.')}</p>
      {read?.length ? (
        <section class="home-sources" aria-labelledby="home-sources">
          <h2 id="home-sources">{t('Sources')}</h2>
          <SourceList sources={read.map(({id, ...rest}) => ({connection: id, ...rest}))} />
        </section>
      ) : null}
      {read && !read.some(({records}) => records) ? <FirstSteps connected={read.length > 0} /> : null}
      {sources.failure.value ? <p class="hint alarm" role="alert">{t('The sources could not be read: {why}.', {why: sources.failure.value.message})}</p> : null}
    </div>
  );
}

/** An empty store greets with what comes next. */
function FirstSteps({connected}: {connected: boolean}) {
  return (
    <section class="first-steps" aria-labelledby="first-steps">
      <h2 id="first-steps">{connected ? t('Nothing has been read yet') : t('No source is connected yet')}</h2>
      <ol>
        {connected ? null : <li>{rich('Add a connection to {file}; the files in {folder} run as they are.', {file: <code>touchline.yaml</code>, folder: <code>config/examples</code>})}</li>}
        <li>{rich('{command} says what is wrong, where, and how to mend it.', {command: <code>touchline config check</code>})}</li>
        <li>{rich('{command} reads what is there; the timelines fill while you watch.', {command: <code>touchline connections run</code>})}</li>
      </ol>
      <p>{rich('Only looking? {command} shows a sample company.', {command: <code>touchline demo</code>})} <a class="link" href="/docs" target="_blank">{t('Help')}</a></p>
    </section>
  );
}
