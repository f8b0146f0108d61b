// Reads the text/event-stream format (WHATWG HTML, section 9.2), as far as the feed uses it.

export interface StreamEvent {
  id: string;
  type: string;
  data: string;
}

/** Give it text as it arrives, in any pieces; it returns the events that became complete. */
export class EventStreamParser {
  private rest = '';
  private type = '';
  private data: string[] = [];
  private id = '';

  push(text: string): StreamEvent[] {
    const events: StreamEvent[] = [];
    const lines = (this.rest + text).split(/\r\n|\n|\r(?!$)/);
    this.rest = lines.pop()!;
    for (const line of lines) {
      if (line === '') this.dispatch(events);
      else this.read_line(line);
    }
    return events;
  }

  private read_line(line: string): void {
    const colon = line.indexOf(':');
    if (colon === 0) return;
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (name === 'data') this.data.push(value);
    else if (name === 'event') this.type = value;
    else if (name === 'id') this.id = value;
  }

  private dispatch(events: StreamEvent[]): void {
    if (this.data.length) events.push({id: this.id, type: this.type || 'message', data: this.data.join('\n')});
    this.type = '';
    this.data = [];
  }
}
