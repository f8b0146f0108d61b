// Makes the pages under /docs from the Markdown in docs/: help that needs no network. It reads the Markdown that those files
// use: headings, paragraphs, lists, tables, fenced code, and within a line code, bold, emphasis and links.

const escaped = text => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
const anchor = text => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '');

function inline(text) {
  const codes = [];
  const kept = text.replace(/`([^`]+)`/g, (_, code) => `\u0000${codes.push(code) - 1}\u0000`);
  return escaped(kept)
    .replace(/\[([^\]]+)\]\(([^)\s]+)\)/g, (_, words, target) => (/^https?:/.test(target) ? `<a href="${target}">${words}</a>` : page_link(words, target)))
    .replace(/\*\*([^*]+)\*\*/g, '<b>$1</b>')
    .replace(/(^|[\s(])\*([^*\s][^*]*)\*/g, '$1<i>$2</i>')
    .replace(/\u0000(\d+)\u0000/g, (_, at) => `<code>${escaped(codes[Number(at)])}</code>`);
}

/** Links between the pages work; what is not a page here is only named. */
function page_link(words, target) {
  const name = /^(?:\.\/)?([\w-]+)\.md$/.exec(target)?.[1];
  return name && known.has(name) ? `<a href="/docs/${name}">${words}</a>` : words;
}
let known = new Set();

const cells = line => line.trim().replace(/^\||\|$/g, '').split('|').map(cell => inline(cell.trim()));
function table(lines, number) {
  const [head, , ...rows] = lines.map(cells);
  const row = (tag, values) => `<tr>${values.map(value => `<${tag}>${value}</${tag}>`).join('')}</tr>`;
  return `<div class="table-box" tabindex="0" role="region" aria-label="Table ${number}"><table><thead>${row('th', head)}</thead><tbody>${rows.map(values => row('td', values)).join('')}</tbody></table></div>`;
}

export function html_of(markdown) {
  const blocks = [];
  let tables = 0;
  const lines = markdown.split('\n');
  for (let at = 0; at < lines.length;) {
    const take = fits => {
      const taken = [];
      while (at < lines.length && fits(lines[at])) taken.push(lines[at++]);
      return taken;
    };
    const line = lines[at];
    const heading = /^(#{1,4}) (.+)$/.exec(line);
    if (!line.trim()) at += 1;
    else if (line.startsWith('```')) {
      at += 1;
      blocks.push(`<pre tabindex="0"><code>${escaped(take(each => !each.startsWith('```')).join('\n'))}</code></pre>`);
      at += 1;
    } else if (heading) {
      blocks.push(`<h${heading[1].length} id="${anchor(heading[2])}">${inline(heading[2])}</h${heading[1].length}>`);
      at += 1;
    } else if (line.startsWith('|')) blocks.push(table(take(each => each.startsWith('|')), ++tables));
    else if (/^[-*] /.test(line)) {
      const items = [];
      for (const each of take(one => /^[-*] |^ +\S/.test(one))) {
        if (/^[-*] /.test(each)) items.push(each.slice(2));
        else items.push(`${items.pop()} ${each.trim()}`);
      }
      blocks.push(`<ul>${items.map(item => `<li>${inline(item)}</li>`).join('')}</ul>`);
    } else blocks.push(`<p>${inline(take(each => each.trim() && !/^(#|```|\||[-*] )/.test(each)).join(' '))}</p>`);
  }
  return blocks.join('\n');
}

const title_of = markdown => /^# (.+)$/m.exec(markdown)?.[1] ?? 'Help';

/** From {name, markdown} to {path, html}; `head` holds what every page of the app has in its head. */
export function pages_of(documents, head) {
  known = new Set(documents.map(({name}) => name));
  const list = documents.map(({name, markdown}) => `<li><a href="/docs/${name}">${escaped(title_of(markdown))}</a></li>`).join('');
  return documents.map(({name, markdown}) => ({
    path: `/docs/${name}`,
    html: `<!doctype html>\n<html lang="en" class="docs">\n<head>\n${head.replace('<title>Touchline</title>', `<title>${escaped(title_of(markdown))} · Touchline</title>`)}\n</head>\n<body>\n<nav aria-label="Help"><a class="link" href="/">Touchline</a><ul>${list}</ul></nav>\n<main>\n${html_of(markdown)}\n</main>\n</body>\n</html>\n`,
  }));
}
