'use strict';
const rows = [...document.querySelectorAll('details.f')];
const search = document.getElementById('search'), show = document.getElementById('show'), count = document.getElementById('count');
const wanted = {
  all: () => true,
  changed: r => r.dataset.e !== '0',
  warned: r => r.dataset.w !== '0',
  done: r => r.dataset.s === 'done',
  skipped: r => r.dataset.s === 'skipped',
  failed: r => r.dataset.s === 'failed',
};
function filter() {
  const word = search.value.trim().toLowerCase();
  let shown = 0;
  for (const row of rows) {
    const keep = wanted[show.value](row) && (!word || row.firstElementChild.textContent.toLowerCase().includes(word));
    row.hidden = !keep;
    shown += keep;
  }
  count.textContent = shown + ' / ' + rows.length;
}
search.addEventListener('input', filter);
show.addEventListener('change', filter);
document.getElementById('filters').hidden = false;
filter();

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
