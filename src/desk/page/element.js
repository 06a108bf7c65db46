// Elements. What is shown is always text, never markup.
export function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith('on')) made.addEventListener(key.slice(2), value);
    else if (key === 'class') made.className = value;
    else made.setAttribute(key, value === true ? '' : value);
  }
  made.append(...children.flat().filter(child => child !== undefined && child !== null && child !== false));
  return made;
}

export const byId = id => document.getElementById(id);

// Tells something that happened, also to those who do not see it.
let silence;
export function tell(text) {
  byId('told').textContent = text;
  clearTimeout(silence);
  silence = setTimeout(() => { byId('told').textContent = ''; }, 8000);
}
