// What the program is asked for: addresses are relative, so that the token stays where it is.
import { language, say } from './words.js';

const withLanguage = path => `${path}${path.includes('?') ? '&' : '?'}lang=${language()}`;

async function asked(path, options) {
  const answer = await fetch(withLanguage(path), options);
  const said = (answer.headers.get('Content-Type') ?? '').startsWith('application/json') ? await answer.json() : {};
  if (!answer.ok) throw Object.assign(new Error(said.error ?? say(`${answer.status}`)), { status: answer.status });
  return said;
}

export const get = path => asked(path);
export const post = (path, body) => asked(path, { method: 'POST', body: JSON.stringify(body ?? {}) });
// Whether something else was looked at than there is now.
export const isStale = error => error.status === 409;
export const put = (path, file) => asked(path, { method: 'PUT', body: file });
