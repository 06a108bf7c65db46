// The outline: what heads what, why, and what a person says of it.
import { element } from './element.js';
import { say } from './words.js';

const levels = (chosen, decided) => [
  ...[1, 2, 3, 4, 5, 6].map(level => element('option', { value: level, selected: level === chosen }, say('level', level))),
  element('option', { value: 0, selected: chosen === 0 }, say('noHeading')),
  element('option', { value: '' }, say('asGuessed')),
].filter(option => decided || option.value !== '');

const wish = (line, value) => ({ heading: { line, level: value === '' ? null : Number(value) } });

export function outline(headings, decide) {
  const rows = headings.map(({ line, level, text, reason, bits, decided }) => element('li', { class: `h${level}` },
    element('span', {}, text), ' ',
    element('span', { class: 'faint' }, `${say('line', line)} · ${reason}${bits === null ? '' : ` · ${say('bits', bits)}`}`), ' ',
    element('select', { 'aria-label': say('headingOf', text), onchange: event => decide(wish(line, event.target.value)) }, ...levels(level, decided))));
  const shown = rows.length ? element('ul', { class: 'outline' }, ...rows) : element('p', { class: 'faint' }, say('noHeadings'));
  return [element('h2', {}, say('outline')), shown];
}

// Asks whether a line is a heading.
export function headingOf(line, heading, decide) {
  const select = element('select', { 'aria-label': say('makeHeading', line) }, ...levels(heading?.level ?? 0, true));
  const dialog = element('dialog', { 'aria-label': say('makeHeading', line) },
    element('form', { method: 'dialog', onsubmit: () => decide(wish(line, select.value)) },
      element('p', {}, say('makeHeading', line)), select,
      element('p', { class: 'bar' }, element('button', { class: 'first' }, say('save')),
        element('button', { type: 'button', onclick: () => dialog.close() }, say('cancel')))));
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
