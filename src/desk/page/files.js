// The list of files: those that want eyes first.
import { byId, element, tell } from './element.js';
import { post, put } from './server.js';
import { language, say } from './words.js';

const ORDER = ['failed', 'lost', 'encoding', 'warnings', 'suggestions', 'edits', ''];
const needs = file => say({ '': 'fine', warnings: 'needs-warnings', suggestions: 'needs-suggestions', edits: 'needs-edits' }[file.facts.needs] ?? file.facts.needs);

let missed = [];
let folders = ['', ''];

// Rows as they were made, and how many are shown: a browser takes its time for thousands.
const MANY = 200;
const rows = new Map();
let many = MANY;

export function showFiles(files, again) {
  rows.clear();
  many = MANY;
  const more = () => { many += MANY; order(files); };
  const search = element('input', { type: 'search', id: 'search', placeholder: say('search'), 'aria-label': say('search'), oninput: () => { many = MANY; order(files); } });
  const picked = folder => element('input', {
    type: 'file', multiple: true, webkitdirectory: folder, class: 'unseen', 'aria-label': say(folder ? 'folder' : 'choose'), tabindex: -1,
    onchange: event => take([...event.target.files].map(file => [file.webkitRelativePath || file.name, file]), again),
  });
  const [single, folder] = [picked(false), picked(true)];
  byId('main').replaceChildren(
    element('h1', {}, say('files')),
    element('section', { class: 'zone', 'aria-label': say('drop') },
      element('p', {}, say('drop')),
      element('p', {}, element('button', { onclick: () => single.click() }, say('choose')), ' ', element('button', { onclick: () => folder.click() }, say('folder'))),
      single, folder),
    element('ol', { id: 'steps', hidden: true }, ...['first', 'second', 'third'].map(step => element('li', {}, say(step)))),
    element('p', { class: 'bar', id: 'with' },
      search,
      element('button', { class: 'first', onclick: () => convert() }, say('convertAll')),
      element('a', { href: 'out/all.zip', class: 'button', id: 'zip', download: '', hidden: true }, say('zip')),
      element('button', { onclick: () => post('api/look').then(again, error => tell(error.message)) }, say('look')),
    ),
    element('ul', { id: 'files', 'aria-label': say('files') }),
    element('button', { id: 'rest', hidden: true, onclick: more }),
    element('p', { id: 'none', class: 'faint', hidden: true }, say('none')),
    element('details', { id: 'missed', hidden: true }),
    element('p', { id: 'where', class: 'faint' }),
  );
  tellFolders();
  tellMissed();
  order(files);
  // Watched anew after each part: who scrolls on within one frame is near the end without ever having been away from it, and that is told only at the beginning.
  const end = new IntersectionObserver(seen => {
    if (!seen.some(({ isIntersecting }) => isIntersecting)) return;
    more();
    end.unobserve(byId('rest'));
    end.observe(byId('rest'));
  }, { rootMargin: '1000px' });
  end.observe(byId('rest'));
  return { keys: { '/': () => search.focus(), c: convert } };
}

const convert = () => post('api/convert', { ids: null }).catch(error => tell(error.message));

// Shows what has changed of some files.
export function news(files, said) {
  missed = said.missed ?? missed;
  folders = said.folders;
  const list = byId('files');
  if (!list) return;
  tellFolders();
  if (said.missed) tellMissed();
  for (const file of said.files) if (file) rows.delete(file.id);
  if (said.files.length) order(files);
}

// Tells where everything lies.
function tellFolders() {
  const said = say('where', ...folders);
  if (byId('where').textContent !== said) byId('where').textContent = said;
}

// Tells what was found and is not on the desk.
function tellMissed() {
  byId('missed').hidden = !missed.length;
  byId('missed').replaceChildren(
    element('summary', {}, say('missed', missed.length)),
    element('ul', {}, ...missed.map(({ name, why }) => element('li', {}, element('bdi', {}, name), ' ', element('span', { class: 'faint' }, inWords(why))))),
  );
}

const inWords = both => both[language() === 'en' ? 0 : 1];

// The row of a file, made once for what is known of it.
function row(file) {
  const { id, name, facts } = file;
  if (rows.has(id)) return rows.get(id);
  const said = facts ? [
    facts.encoding && element('span', { class: 'faint' }, facts.encoding),
    facts.edits > 0 && element('span', {}, say('edits', facts.edits)),
    facts.decided > 0 && element('span', { class: 'accepted' }, say('decided', facts.decided)),
    facts.warnings > 0 && element('span', { class: 'doubt' }, say('warnings', facts.warnings)),
    facts.suggestions > 0 && element('span', {}, say('suggestions', facts.suggestions)),
    facts.written.length > 0 && element('span', { class: 'faint' }, facts.written.join(' ')),
    facts.written.length > 0 && !facts.fresh && element('span', { class: 'doubt' }, say('stale')),
  ] : [];
  rows.set(id, element('li', { id: `f${id}` },
    element('a', { href: `#file/${id}` }, element('bdi', {}, name), facts?.title && element('span', { class: 'faint' }, facts.title)),
    facts && element('span', { class: `needs ${facts.needs || 'fine'}` }, needs({ facts })),
    element('span', { class: 'facts' }, ...said.filter(Boolean).flatMap(part => [part, ' '])),
    facts?.error && element('span', { class: 'failed' }, inWords(facts.error)),
  ));
  return rows.get(id);
}

// Shows the rows in the order of what wants eyes first, those that are looked for, as many as were scrolled to.
function order(files) {
  const list = byId('files');
  const part = byId('search').value.toLowerCase();
  const rank = file => (file.facts ? ORDER.indexOf(file.facts.needs) : ORDER.length);
  const there = files.filter(Boolean);
  const found = there.filter(file => file.name.toLowerCase().includes(part))
    .sort((a, b) => rank(a) - rank(b) || (b.facts?.edits ?? 0) - (a.facts?.edits ?? 0) || (a.name < b.name ? -1 : 1));
  const shown = found.slice(0, many).map(row);
  const held = list.contains(document.activeElement) && document.activeElement.closest('li').id;
  if (shown.length !== list.children.length || shown.some((row, at) => list.children[at] !== row)) list.replaceChildren(...shown);
  if (held) byId(held)?.querySelector('a').focus({ preventScroll: true });
  byId('with').hidden = !there.length;
  byId('steps').hidden = there.length > 0;
  byId('none').hidden = !there.length || found.length > 0;
  byId('zip').hidden = !there.some(file => file.facts?.written.length);
  byId('rest').hidden = shown.length === found.length;
  byId('rest').textContent = say('rest', shown.length, found.length);
}

// What was dropped: files, and all that is in folders.
export async function dropped(data, again) {
  const found = [];
  const walk = async (entry, place) => {
    if (entry.isFile) {
      found.push([place + entry.name, await new Promise((done, fail) => entry.file(done, fail))]);
    } else {
      const reader = entry.createReader();
      for (;;) {
        const some = await new Promise((done, fail) => reader.readEntries(done, fail));
        if (!some.length) break;
        for (const inner of some) await walk(inner, `${place}${entry.name}/`);
      }
    }
  };
  const entries = [...data.items].map(item => item.webkitGetAsEntry?.()).filter(Boolean);
  for (const entry of entries) await walk(entry, '');
  await take(found.length ? found : [...data.files].map(file => [file.name, file]), again);
}

async function take(found, again) {
  const refused = [];
  for (const [at, [path, file]] of found.entries()) {
    if (at % 20 === 0) tell(say('taking', at, found.length));
    await put(`api/drop?path=${encodeURIComponent(path)}`, file).catch(error => refused.push(`${path}: ${error.message}`));
  }
  await post('api/look').then(again, error => refused.push(error.message));
  tell(refused.length ? refused.join('; ') : say('taken', found.length));
}
