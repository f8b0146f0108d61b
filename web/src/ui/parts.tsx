// The small pieces that every panel is made of.
import type {ComponentChildren} from 'preact';
import {glyphs, type Glyph} from './icons';
import {t} from '../lib/words';

/** Decoration: the words beside it carry the meaning. */
export function Icon({name, size = 16}: {name: Glyph; size?: number}) {
  return (
    <svg class="icon" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true"
      dangerouslySetInnerHTML={{__html: glyphs[name]}} />
  );
}

export function Hidden({children}: {children: ComponentChildren}) {
  return <span class="visually-hidden">{children}</span>;
}

export function Logo() {
  return (
    <svg width="24" height="24" viewBox="0 0 22 22" aria-hidden="true">
      <path d="M1 15.5h5.2c2 0 2.6-1.4 3.3-3.6l1.2-3.8c.6-2 1.5-3.6 3.6-3.6H21" fill="none" stroke="currentColor" stroke-width="2.2"
        stroke-linecap="round" />
      <circle cx="10.4" cy="10" r="3.4" fill="currentColor" />
    </svg>
  );
}

/** A link into another system; anything but http(s) is shown as text. */
export function OutLink({url, children, within}: {url: string | null | undefined; children: ComponentChildren; within: string}) {
  if (!url || !/^https?:\/\//i.test(url)) return <span class="reference">{children}</span>;
  return (
    <a class="reference link" href={url} target="_blank" rel="noreferrer noopener" tabIndex={-1}>
      {children}
      <Icon name="external" size={11} />
      <Hidden>{t(' in {system}, opens a new tab', {system: within})}</Hidden>
    </a>
  );
}

interface BlankProps {
  icon: Glyph;
  title: string;
  /** Nothing else is on the page, so this is its heading. */
  page?: boolean;
  alert?: boolean;
  children?: ComponentChildren;
}

export function Blank({icon, title, page, alert, children}: BlankProps) {
  return (
    <div class="blank" role={alert ? 'alert' : undefined}>
      <Icon name={icon} size={22} />
      {page ? <h1>{title}</h1> : <b>{title}</b>}
      {children}
    </div>
  );
}

/** Says that what is shown is old, and why. */
export function Stale({what, since, message, retry}: {what: string; since: string; message: string; retry: () => void}) {
  return (
    <div class="stale" role="alert">
      <Icon name="alert" size={14} />
      <span>
        <b>{what}</b> {message}.{since ? ` ${t('What you see is from {time}.', {time: since})}` : ''}
      </span>
      <button class="text-button" onClick={retry}>{t('Try again')}</button>
    </div>
  );
}
