// The text as it came beside the text as it will be, in rows; it is fetched in pieces as it is looked at.
import { byId, element, tell } from './element.js';
import { headingOf } from './outline.js';
import { get, isStale } from './server.js';
import { say } from './words.js';

const MANY = 200;

// A place in words.
export function told(place, rules) {
  const said = { rejected: 'stays', suggested: 'could' }[place.state] ?? 'becomes';
  const then = place.state === 'suggested' ? place.after : place.now;
  return say(said, place.line, place.before || say('nothing'), then || say('nothing'), rules, say(place.state));
}

export class Lines {
  constructor(id, chosen, anew, isShown) {
    this.id = id;
    this.chosen = chosen;
    this.anew = anew;
    this.isShown = isShown;
    this.places = new Map();
    this.from = 1;
    this.until = 1;
    this.at = null;
  }

  // Fetches again what is shown.
  async refresh(decide) {
    this.decide = decide;
    const count = Math.max(this.until - this.from, MANY);
    const held = this.at;
    const height = byId('text').scrollTop;
    await this.fetch(this.from, count, true);
    if (!this.isShown()) return;
    byId('text').scrollTop = height;
    if (held !== null && this.places.has(held)) this.choose(held, false);
    else if (held === null && this.places.size) {
      const [doubtful] = this.file.doubtful;
      this.choose(this.places.has(doubtful) ? doubtful : Math.min(...this.places.keys()), false, false);
    }
    else this.chosen(null);
  }

  // Asks for something of the version that is shown; where that is another by now, everything is shown anew.
  async ask(what) {
    try {
      return await get(`api/file/${this.id}/${what}of=${this.file.version}`);
    } catch (error) {
      if (!isStale(error)) throw error;
      if (!this.isShown()) return null;
      tell(error.message);
      await this.anew();
      return null;
    }
  }

  async fetch(from, count, anew) {
    const { rows, places } = await this.ask(`lines?from=${from}&count=${count}&`) ?? {};
    if (!rows || !this.isShown()) return;
    if (anew) {
      this.places.clear();
      this.from = from;
      byId('text').replaceChildren(element('div', { class: 'row head', 'aria-hidden': 'true' }, element('span'), element('span', {}, say('before')), element('span', {}, say('after'))));
    }
    for (const place of places) this.places.set(place.n, place);
    byId('more')?.remove();
    byId('text').append(...rows.map(row => this.row(row)));
    this.until = rows.length ? rows[rows.length - 1].last + 1 : from;
    if (this.until <= this.file.lines) {
      byId('text').append(element('button', { id: 'more', onclick: () => this.fetch(this.until, MANY, false) }, say('more')));
    }
  }

  row({ line, last, parts }) {
    const heading = this.file.outline.find(heading => heading.line >= line && heading.line <= last);
    const left = element('span', { class: 'left' });
    const right = element('span', { class: heading ? `right h${heading.level}` : 'right' });
    for (const part of parts) {
      if (typeof part === 'string') {
        left.append(part);
        right.append(part);
        continue;
      }
      const place = this.places.get(part);
      if (!place) continue;
      if (place.before) left.append(element('del', { class: place.state }, place.before));
      right.append(element('button', {
        id: `p${part}`, class: `place ${place.state}${place.doubtful ? ' doubtful' : ''}`, onclick: () => this.choose(part),
        'aria-label': told(place, place.rules.map(rule => rule.does).join(' · ')),
      }, element('span', { class: 'was' }, place.before), element('span', { class: 'is' }, place.now || (place.state === 'suggested' ? '+' : '⌫'))));
    }
    const number = element('button', { class: 'number quiet', 'aria-label': say('makeHeading', line), title: say('makeHeading', line), onclick: () => headingOf(line, heading, this.decide) }, String(line));
    return element('div', { class: 'row', id: `l${line}` }, number, left, right);
  }

  // Looks at a place.
  choose(n, scroll = true, focus = true) {
    if (!this.isShown()) return;
    byId(`p${this.at}`)?.removeAttribute('aria-current');
    this.at = n;
    const button = byId(`p${n}`);
    button?.setAttribute('aria-current', 'true');
    if (scroll) button?.scrollIntoView({ block: 'center' });
    if (focus && !document.activeElement?.closest('#bar, #forms, #outline, #reading')) button?.focus({ preventScroll: true });
    this.chosen(this.places.get(n) ?? null);
  }

  // Looks at place `n`, wherever it is.
  async go(n) {
    if (n < 0 || n >= this.file.marks) return;
    if (!this.places.has(n)) {
      const place = await this.ask(`place/${n}?`);
      if (!place || !this.isShown()) return;
      const follows = place.line >= this.until && place.line < this.until + MANY;
      await this.fetch(follows ? this.until : Math.max(1, place.line - 20), MANY, !follows);
      // Of a line with very many places only the first are shown in it.
      if (!this.places.has(n)) this.places.set(n, place);
    }
    this.choose(n);
  }

  async line(number) {
    if (number < this.from || number >= this.until) await this.fetch(Math.max(1, number - 20), MANY, true);
    byId(`l${number}`)?.scrollIntoView({ block: 'center' });
  }

  step(by) {
    return this.go(this.at === null ? 0 : this.at + by);
  }

  // The next place that a person should look at.
  doubt() {
    const { doubtful } = this.file;
    const next = doubtful.find(n => n > (this.at ?? -1)) ?? doubtful[0];
    return next === undefined ? this.step(1) : this.go(next);
  }
}
