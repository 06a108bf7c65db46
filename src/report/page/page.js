'use strict';
const at = id => document.getElementById(id);
const rows = [...document.querySelectorAll('details.f')];
const list = document.querySelector('main'), head = list.firstElementChild, heads = at('folders');
heads.hidden = false;
heads.remove();
// A browser shows some hundred rows at once, whatever there is.
const PAGE = 200;
const of = {
  rule: row => row.dataset.r ? row.dataset.r.split(' ') : [],
  warning: row => row.dataset.k ? row.dataset.k.split('|') : [],
  folder: row => [row.dataset.d],
};
const wanted = {
  all: () => true,
  changed: row => row.dataset.e !== '0',
  warned: row => row.dataset.w !== '0',
  done: row => row.dataset.s === 'done',
  skipped: row => row.dataset.s === 'skipped',
  failed: row => row.dataset.s === 'failed',
  'left-out': row => row.dataset.s === 'left-out',
};
const name = row => row.querySelector('.n').textContent;
const number = value => value === '' ? Infinity : Number(value);
const orders = {
  found: null,
  name: (a, b) => name(a) < name(b) ? -1 : 1,
  changes: (a, b) => b.dataset.e - a.dataset.e,
  warnings: (a, b) => b.dataset.w - a.dataset.w,
  margin: (a, b) => number(a.dataset.m) - number(b.dataset.m),
  pages: (a, b) => b.dataset.p - a.dataset.p,
};
// Of more files than a browser shows at once each folder is a page of its own, and the first page lists the folders.
const folders = new Set(rows.map(row => row.dataset.d));
const many = rows.length > PAGE && folders.size > 1;
if (many) at('folder').options[0].textContent = at('folder').dataset.index;
for (const [kind, said] of Object.entries(of)) {
  const counts = new Map();
  for (const row of rows) for (const value of said(row)) counts.set(value, (counts.get(value) ?? 0) + 1);
  const sorted = [...counts].sort((a, b) => kind === 'folder' ? (a[0] < b[0] ? -1 : 1) : b[1] - a[1]);
  for (const [value, count] of sorted) at(kind).append(new Option(`${value || '.'} (${count})`, value));
  at(kind).hidden = sorted.length < (kind === 'folder' ? 2 : 1);
  if (many && kind === 'folder') at(kind).options[0].after(new Option(at(kind).dataset.all, ''));
}
// The first of each stands for no choice, whatever a folder is called; where there are pages of folders, the second as well.
const chosen = kind => at(kind).selectedIndex > (many && kind === 'folder' ? 1 : 0) ? at(kind).value : null;
const listsFolders = () => many && !at('search').value.trim() && ['show', 'rule', 'warning', 'folder'].every(id => at(id).selectedIndex === 0);
let page = 0;
// What the files of each folder come to, as a row that leads to them.
function folderRows(kept) {
  const sums = new Map();
  for (const row of kept) {
    const sum = sums.get(row.dataset.d) ?? { files: 0, failed: 0, changes: 0, warnings: 0, margin: Infinity, pages: 0 };
    sum.files += 1;
    sum.failed += row.dataset.s === 'failed' ? 1 : 0;
    sum.changes += Number(row.dataset.e);
    sum.warnings += Number(row.dataset.w);
    sum.margin = Math.min(sum.margin, number(row.dataset.m));
    sum.pages += Number(row.dataset.p);
    sums.set(row.dataset.d, sum);
  }
  const by = { margin: (a, b) => a[1].margin - b[1].margin };
  for (const kind of ['changes', 'warnings', 'pages']) by[kind] = (a, b) => b[1][kind] - a[1][kind];
  const sorted = [...sums].sort((a, b) => a[0] < b[0] ? -1 : 1);
  if (by[at('order').value]) sorted.sort(by[at('order').value]);
  return sorted.map(([folder, sum]) => {
    const row = document.createElement('div');
    row.className = 'g';
    const link = document.createElement('a');
    link.href = `#folder/${encodeURIComponent(folder)}`;
    link.textContent = folder || '.';
    row.append(link);
    for (const kind of ['files', 'failed', 'changes', 'warnings', 'pages']) {
      const cell = document.createElement('span');
      cell.className = kind === 'failed' ? 'num failed' : 'num';
      cell.dataset.h = heads.children[row.childElementCount].textContent;
      cell.textContent = sum[kind] || '';
      row.append(cell);
    }
    // The heads of the columns are not read out.
    const said = [...row.querySelectorAll('.num')].filter(cell => cell.textContent).map(cell => `${cell.dataset.h} ${cell.textContent}`);
    link.setAttribute('aria-label', [link.textContent, ...said].join(', '));
    return row;
  });
}
function draw() {
  const lists = listsFolders();
  const word = at('search').value.trim().toLowerCase();
  const choices = Object.entries(of).map(([kind, said]) => [said, chosen(kind)]).filter(([, value]) => value !== null);
  const kept = rows.filter(row => wanted[at('show').value](row) && choices.every(([said, value]) => said(row).includes(value))
    && (!word || row.firstElementChild.textContent.toLowerCase().includes(word)));
  const order = orders[at('order').value];
  if (order && !lists) kept.sort(order);
  const shown = lists ? folderRows(kept) : kept;
  const pages = Math.max(1, Math.ceil(shown.length / PAGE));
  page = Math.min(page, pages - 1);
  list.replaceChildren(lists ? heads : head, ...shown.slice(page * PAGE, (page + 1) * PAGE));
  at('count').textContent = kept.length + ' / ' + rows.length;
  at('turn').hidden = pages < 2;
  at('page').textContent = (page + 1) + ' / ' + pages;
  at('before').disabled = page === 0;
  at('behind').disabled = page === pages - 1;
}
function anew() { page = 0; draw(); }
// A folder has an address, so that one comes back from it as from any page.
function visit() {
  const [, folder] = location.hash.match(/^#folder\/(.*)$/) ?? [];
  const options = [...at('folder').options];
  at('folder').selectedIndex = folder === undefined ? 0 : Math.max(0, options.findIndex((option, i) => i > 1 && option.value === decodeURIComponent(folder)));
  anew();
  scrollTo(0, 0);
}
function turn(by) { page += by; draw(); scrollTo(0, 0); }
at('search').addEventListener('input', anew);
addEventListener('hashchange', visit);
for (const id of ['show', 'rule', 'warning', 'folder', 'order']) at(id).addEventListener('change', anew);
at('before').addEventListener('click', () => turn(-1));
at('behind').addEventListener('click', () => turn(1));
at('filters').hidden = false;
if (many && location.hash) visit(); else draw();

const rules = JSON.parse(document.getElementById('rules').textContent);
const why = document.getElementById('why');
let on = null;
function explain(edit) {
  if (on) on.classList.remove('on');
  on = edit;
  why.hidden = !edit;
  if (!edit) return;
  edit.classList.add('on');
  why.textContent = edit.dataset.r.split(' ').map(id => id + (rules[id] ? ': ' + rules[id] : '')).join('\n');
}
for (const kind of ['mouseover', 'focusin', 'click'])
  document.addEventListener(kind, event => explain(event.target.closest('.e')));
document.addEventListener('keydown', event => { if (event.key === 'Escape') explain(null); });
