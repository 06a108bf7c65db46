// One file: how it is read, what is changed in it, what heads what, and its pages.
import { byId, element, tell } from './element.js';
import { Lines, told } from './lines.js';
import { outline } from './outline.js';
import { get, isStale, post } from './server.js';
import { language, say } from './words.js';

export async function showFile(id, listed, again) {
  let file = {};
  const view = { keys: {}, refresh: () => show(), converted: () => pages(true), changed: files => isShown() && files.some(file => file.id === id) && pages() };
  // Another view may have been opened while an answer was waited for: then nothing is left to be shown.
  const name = element('h1', {}, element('bdi', {}, listed()?.name ?? ''));
  const isShown = () => name.isConnected;
  const lines = new Lines(id, place => bar(place), () => show(), isShown);
  const decide = async wish => {
    try {
      await post(`api/file/${id}/decide${file.version ? `?of=${file.version}` : ''}`, wish);
    } catch (error) {
      tell(error.message);
      if (!isStale(error)) return;
    }
    await again();
    if (isShown()) await show();
  };

  function convert() {
    return post('api/convert', { ids: [id] }).then(again, error => tell(error.message));
  }

  async function show() {
    file = await get(`api/file/${id}`).catch(error => error);
    if (!isShown()) return;
    if (file instanceof Error) return unread();
    byId('reading').replaceChildren(...reading().filter(Boolean));
    byId('forms').replaceChildren(...forms());
    byId('notices').replaceChildren(...notices());
    byId('outline').replaceChildren(...outline(file.outline, decide));
    lines.file = file;
    await lines.refresh(decide);
    if (isShown()) pages();
  }

  // A file that cannot be read: it may be read in another encoding.
  function unread() {
    byId('reading').replaceChildren(element('p', { class: 'failed' }, file.message), encodings([], ''));
    byId('text').replaceChildren();
  }

  function encodings(candidates, decided) {
    const labels = [...new Set([...candidates.map(candidate => candidate.label), decided, 'utf-8', 'gb18030', 'big5', 'utf-16le', 'euc-jp', 'shift_jis'].filter(Boolean))];
    const options = labels.map(label => element('option', { value: label, selected: label === decided }, label));
    return element('label', {}, say('readAs'), ' ',
      element('select', { id: 'encoding', onchange: event => decide({ encoding: event.target.value || null }) },
        element('option', { value: '', selected: !decided }, say('find')), ...options));
  }

  function reading() {
    const { encoding } = file;
    const margin = encoding.margin === null ? say(encoding.how) : say('how', say(encoding.how), encoding.margin);
    const others = encoding.candidates.filter(candidate => candidate.label !== encoding.label).slice(0, 4);
    const title = element('input', { id: 'title', value: file.title ?? '', 'aria-label': say('title') });
    return [
      element('p', {}, element('b', {}, encoding.label), ' ', element('span', { class: 'faint' }, `${margin} · ${file.size} · ${file.style}`)),
      element('p', { class: 'bar' }, encodings(encoding.candidates, encoding.decided),
        ...others.map(other => element('button', { onclick: () => decide({ encoding: other.label }) }, say('tryAs', other.label)))),
      encoding.candidates.length > 1 && element('details', {}, element('summary', {}, say('evidence')), element('ul', {},
        ...encoding.candidates.slice(0, 5).map(known => element('li', {}, say('candidate', known.label, known.bits, known.errors))))),
      element('form', { class: 'bar', onsubmit: event => { event.preventDefault(); decide({ title: title.value || null }); } },
        element('label', {}, say('title'), ' ', title), element('button', {}, say('save'))),
    ];
  }

  function forms() {
    const everywhere = element('input', { type: 'checkbox', id: 'everywhere' });
    const about = (form, what, verdict) => () => decide({ edit: { place: form.first, what, verdict, everywhere: everywhere.checked } });
    const ruled = form => form.rules.some(rule => rule.id !== 'by-hand');
    const rows = file.forms.map(form => element('li', {},
      element('button', { class: 'quiet', onclick: () => lines.go(form.first) },
        element('del', {}, form.before || say('nothing')), ' → ', element('ins', {}, form.after || say('nothing')), ` ${say('count', form.count)}`,
        form.suggested && element('span', { class: 'suggestion' }, ` ${say('isSuggested')}`),
        form.doubtful && !form.suggested && element('span', { class: 'doubt' }, ` ${say('doubtful')}`),
        form.changed > 0 && element('span', { class: 'rejected' }, ` ${say('decided', form.changed)}`)),
      element('span', { class: 'faint' }, form.rules.map(rule => rule.does).join(' · ')),
      element('span', { class: 'bar' }, ...(form.suggested ? ['accept', 'reject'] : ['reject']).flatMap(verdict => [
        element('button', { onclick: about(form, 'form', verdict) }, say('of', say(verdict), say('form'))),
        ruled(form) && element('button', { onclick: about(form, 'rule', verdict) }, say('of', say(verdict), say('rule')))]),
        form.changed > 0 && element('button', { onclick: about(form, 'form', 'clear') }, say('clearOf', say('clear'), say('form'))),
        form.changed > 0 && ruled(form) && element('button', { onclick: about(form, 'rule', 'clear') }, say('clearOf', say('clear'), say('rule')))),
    ));
    return [
      element('h2', {}, say('forms')),
      element('p', { class: 'bar' }, element('label', {}, everywhere, ' ', say('everywhere')),
        element('button', { onclick: () => decide({ keep: true }) }, say('keep')),
        element('button', { onclick: () => decide({ keep: false }) }, say('keepNot'))),
      element('ul', { class: 'forms' }, ...rows),
    ];
  }

  function notices() {
    if (!file.warnings.length) return [];
    const rows = file.warnings.map(warning => element('li', {},
      warning.line && element('button', { class: 'quiet', onclick: () => lines.line(warning.line) }, say('line', warning.line)), ' ',
      `${warning.said}: `, element('bdi', {}, warning.text)));
    return [element('h2', {}, say('notices')), element('ul', {}, ...rows)];
  }

  // What is done with the place that is looked at.
  function bar(place) {
    const at = place ? say('place', place.n + 1, file.marks) : say('noPlace');
    const about = verdict => () => place && decide({ edit: { place: place.n, what: 'place', verdict } });
    const act = (key, action) => element('button', { onclick: action, disabled: !place }, say(key));
    const said = place && told(place, place.rules.map(rule => `${rule.id} – ${rule.does}`).join(' · '));
    const replace = () => place && ask(place, after => decide({ edit: { place: place.n, what: 'place', verdict: 'replace', after } }));
    const like = verdict => () => place && decide({ edit: { place: place.n, what: 'form', verdict } });
    view.keys = {
      n: () => lines.step(1), p: () => lines.step(-1), d: () => lines.doubt(), y: about('accept'), x: about('reject'),
      r: replace, t: about('clear'), a: like('accept'), f: like('reject'), c: convert, Escape: () => { location.hash = ''; },
    };
    const held = document.activeElement?.closest('#bar') && document.activeElement.textContent;
    byId('bar').replaceChildren(
      element('button', { onclick: () => lines.step(-1) }, say('previous')),
      element('button', { onclick: () => lines.step(1) }, say('next')),
      element('button', { onclick: () => lines.doubt() }, say('doubt')),
      element('span', { class: 'faint' }, at),
      act('accept', about('accept')), act('reject', about('reject')), act('replace', replace), act('clear', about('clear')),
      element('output', { class: 'told' }, said ?? ''),
    );
    if (held) [...byId('bar').querySelectorAll('button')].find(button => button.textContent === held)?.focus();
  }

  // What was made of it: the pages are shown anew only when they are.
  function pages(anew) {
    const { written = [], fresh = true, error } = listed()?.facts ?? {};
    const shown = written.includes('pdf');
    const print = () => { const frame = byId('pages').querySelector('iframe'); frame.contentWindow.focus(); frame.contentWindow.print(); };
    byId('made').replaceChildren(...[
      element('p', { class: 'bar' },
        element('button', { class: 'first', onclick: convert }, say('convert')),
        ...written.map(format => element('a', { class: 'button', href: `out/${id}/${format}?keep=1`, download: '' }, say('fetch', format.toUpperCase()))),
        shown && element('button', { onclick: print }, say('print'))),
      error && element('p', { class: 'failed' }, error[language() === 'en' ? 0 : 1]),
      written.length > 0 && !fresh && element('p', { class: 'doubt' }, say('staleHere')),
      !shown && element('p', { class: 'faint' }, say('notYet')),
    ].filter(Boolean));
    const frame = byId('pages').querySelector('iframe');
    if (frame && shown && !anew) return;
    frame?.remove();
    if (shown) byId('pages').append(element('iframe', { src: `out/${id}/pdf?${Date.now()}#navpanes=0`, title: say('pages') }));
  }

  byId('main').replaceChildren(
    element('p', {}, element('a', { href: '#' }, `← ${say('back')}`)),
    name,
    element('section', { id: 'reading', 'aria-label': say('readAs') }),
    element('div', { class: 'halves' },
      element('section', { id: 'changes', 'aria-label': say('text') },
        element('h2', {}, say('text')),
        element('p', { class: 'faint' }, say('hint')),
        element('div', { id: 'bar', class: 'bar', role: 'toolbar', 'aria-label': say('text') }),
        element('details', {}, element('summary', {}, say('keys')), element('p', { class: 'faint' }, say('keysAre'))),
        element('div', { id: 'text', lang: 'zh' })),
      element('div', { class: 'aside' },
        element('section', { id: 'outline', 'aria-label': say('outline') }),
        element('section', { id: 'forms', 'aria-label': say('forms') }),
        element('section', { id: 'notices', 'aria-label': say('notices') }))),
    element('section', { id: 'pages', 'aria-label': say('pages') }, element('h2', {}, say('pages')), element('div', { id: 'made' })),
  );
  bar(null);
  await show();
  return view;
}

// Asks what is to stand in a place.
function ask(place, done) {
  const text = element('textarea', { 'aria-label': say('newText'), rows: 2 });
  text.value = place.raw ?? place.now;
  const before = text.value;
  const dialog = element('dialog', { 'aria-label': say('newText') },
    element('form', { method: 'dialog', onsubmit: () => text.value === before || done(text.value) },
      element('p', {}, say('newText')), text,
      element('p', { class: 'bar' }, element('button', { class: 'first' }, say('put')),
        element('button', { type: 'button', onclick: () => dialog.close() }, say('cancel')))));
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  text.select();
}
