// The desk: which view is shown, what is the same in all of them, and what has changed meanwhile.
import { byId, element, tell } from './element.js';
import { showFile } from './file.js';
import { dropped, news, showFiles } from './files.js';
import { get, post } from './server.js';
import { changeLanguage, language, say } from './words.js';

let view = { keys: {} };
let now = 0;
let working = false;
let closed = false;
const files = [];

async function show() {
  const [, id] = location.hash.match(/^#file\/(\d+)$/) ?? [];
  view = { keys: {} };
  try {
    view = id === undefined ? showFiles(files, again) : await showFile(Number(id), () => files[Number(id)], again);
  } catch (error) {
    view = { keys: { Escape: () => { location.hash = ''; } } };
    byId('main').replaceChildren(
      element('p', {}, element('a', { href: '#' }, say('back'))),
      element('p', { class: 'failed' }, error.message),
    );
  }
  document.title = [byId('main').querySelector('h1')?.textContent, say('name')].filter(Boolean).join(' – ');
  byId('main').focus({ preventScroll: true });
  scrollTo(0, 0);
}

function head() {
  byId('top').replaceChildren(
    element('a', { href: '#', class: 'name' }, say('name')),
    element('span', { id: 'work', class: 'faint' }),
    element('button', { id: 'undo', onclick: undo, disabled: true }, say('undo')),
    element('button', { onclick: () => { changeLanguage(); head(); show(); } , lang: language() === 'en' ? 'zh-Hans' : 'en' }, say('other')),
    element('button', { id: 'close', onclick: close }, say('close')),
  );
}

async function undo() {
  await post('api/undo').then(({ done }) => tell(say(done ? 'undone' : 'nothingDone')), error => tell(error.message));
  await again();
  if (view.refresh) await view.refresh();
}

async function close() {
  await post('api/close');
  closed = true;
  byId('top').replaceChildren();
  byId('main').replaceChildren(element('p', {}, say('closed')));
}

// Asks what has changed, and shows it.
async function again() {
  const said = await get(`api/files?since=${now}`);
  ({ now } = said);
  for (const file of said.files) {
    if (file.gone) delete files[file.id];
    else files[file.id] = file;
  }
  byId('undo').disabled = !said.undo;
  const { work } = said;
  byId('work').textContent = work.running ? say('converting', work.done, work.all)
    : said.read < said.all ? say('reading', said.read, said.all) : '';
  if (working && !work.running) {
    tell(work.error ?? say('converted', work.done - work.failed, work.failed));
    if (view.converted) view.converted();
  }
  working = work.running;
  news(files, said);
  if (view.changed) view.changed(said.files);
  return working || said.read < said.all;
}

async function watch() {
  for (let missed = 0; !closed && missed < 3;) {
    const busy = await again().then(busy => { missed = 0; return busy; }, () => { missed += 1; return false; });
    await new Promise(rest => setTimeout(rest, busy ? Math.min(1500, 400 + files.length / 4) : 1500));
  }
  if (!closed) tell(say('gone'));
}

document.addEventListener('keydown', event => {
  const typing = event.target.closest('input, select, textarea, dialog[open]');
  if (event.ctrlKey || event.metaKey || event.altKey || (typing && event.key !== 'Escape')) return;
  const act = event.key === 'u' ? undo : view.keys[event.key];
  if (act && !(typing && event.target.closest('dialog[open]'))) {
    event.preventDefault();
    act();
  }
});
// Whatever is dropped goes on the desk, wherever it is let go; else the browser would leave the page for it.
for (const kind of ['dragover', 'dragleave', 'drop']) {
  document.addEventListener(kind, event => {
    event.preventDefault();
    document.documentElement.classList.toggle('over', kind === 'dragover');
  });
}
document.addEventListener('drop', event => dropped(event.dataTransfer, again));
window.addEventListener('hashchange', show);
head();
await again().catch(error => tell(error.message));
await show();
watch();
