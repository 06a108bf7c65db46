'use strict';
const at = id => document.getElementById(id);
const rows = [...document.querySelectorAll('details.f')];
const list = document.querySelector('main'), head = list.firstElementChild;
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
for (const [kind, said] of Object.entries(of)) {
  const counts = new Map();
  for (const row of rows) for (const value of said(row)) counts.set(value, (counts.get(value) ?? 0) + 1);
  const sorted = [...counts].sort((a, b) => kind === 'folder' ? (a[0] < b[0] ? -1 : 1) : b[1] - a[1]);
  for (const [value, count] of sorted) at(kind).append(new Option(`${value || '.'} (${count})`, value));
  at(kind).hidden = sorted.length < (kind === 'folder' ? 2 : 1);
}
// The first of each stands for no choice, whatever a folder is called.
const chosen = kind => at(kind).selectedIndex > 0 ? at(kind).value : null;
let page = 0;
function draw() {
  const word = at('search').value.trim().toLowerCase();
  const choices = Object.entries(of).map(([kind, said]) => [said, chosen(kind)]).filter(([, value]) => value !== null);
  const kept = rows.filter(row => wanted[at('show').value](row) && choices.every(([said, value]) => said(row).includes(value))
    && (!word || row.firstElementChild.textContent.toLowerCase().includes(word)));
  const order = orders[at('order').value];
  if (order) kept.sort(order);
  const pages = Math.max(1, Math.ceil(kept.length / PAGE));
  page = Math.min(page, pages - 1);
  list.replaceChildren(head, ...kept.slice(page * PAGE, (page + 1) * PAGE));
  at('count').textContent = kept.length + ' / ' + rows.length;
  at('turn').hidden = pages < 2;
  at('page').textContent = (page + 1) + ' / ' + pages;
  at('before').disabled = page === 0;
  at('behind').disabled = page === pages - 1;
}
function anew() { page = 0; draw(); }
function turn(by) { page += by; draw(); scrollTo(0, 0); }
at('search').addEventListener('input', anew);
for (const id of ['show', 'rule', 'warning', 'folder', 'order']) at(id).addEventListener('change', anew);
at('before').addEventListener('click', () => turn(-1));
at('behind').addEventListener('click', () => turn(1));
at('filters').hidden = false;
draw();

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
