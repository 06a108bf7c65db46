// The desk in a browser: `node .ci/desk.mjs BINARY [FOLDER]` drops three files on it, decides on them, converts them, and looks that the editions and the
// command line say the same; axe-core looks at every view. A folder of 5,000 files is opened as well. Pictures go to FOLDER.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const [binary, pictures] = process.argv.slice(2).map(path => resolve(path));
const chromium = '/usr/bin/chromium';
const tools = process.env.SHANBEN_TOOLS ?? join(homedir(), '.cache/shanben-tools');
const needed = ['playwright-core', 'axe-core'].map(name => join(tools, 'node_modules', name));
if (![chromium, ...needed].every(existsSync)) {
  console.error('desk: SKIPPED, there is no Chromium, playwright-core or axe-core (.ci/install)');
  process.exit(0);
}
const playwright = createRequire(join(tools, 'package.json'))('playwright-core');
const axe = readFileSync(join(tools, 'node_modules/axe-core/axe.min.js'), 'utf8');

const work = mkdtempSync(join(tmpdir(), 'desk-'));
const TEXT = '山行\n\n第一章 雨\n　　他说,今天走.\n　　她问:"去吗?"他答,走.\n第二章 云\n　　云 从山后面升起来,越来越低了;风(很大)也来了.\n';
const QUOTES = '　　他说：“我读过“论语”两遍。”\n　　她说,"好".\n　　“他没有说完。\n';
// 天地玄黃，宇宙洪荒。日月盈昃，辰宿列張。 in Big5: also text in GB18030, if a senseless one.
const BIG5 = Buffer.from('a4d1a661a5c8b6c0a141a674a97aac78afeea143a4e9a4ebacd5cccaa141a8b0b14aa643b169a1430a', 'hex');

async function open(folder, lang) {
  const desk = spawn(binary, ['desk', folder, '-o', 'out', '-t', 'pdf,docx,md', '--no-browser', '--lang', lang], { cwd: work, stdio: ['ignore', 'pipe', 'ignore'] });
  const address = await new Promise(said => desk.stdout.once('data', data => said(String(data).trim())));
  return { desk, address };
}

const browser = await playwright.chromium.launch({
  executablePath: chromium,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
});
const faults = [];
async function newPage(address, options) {
  const context = await browser.newContext({ acceptDownloads: true, ...options });
  const page = await context.newPage();
  page.on('pageerror', error => faults.push(String(error)));
  page.on('console', message => message.type() === 'error' && !/status of 409/.test(message.text()) && faults.push(message.text()));
  page.on('dialog', dialog => { faults.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on('request', request => request.url().startsWith(new URL(address).origin) || /^(data|blob|chrome|chrome-extension):/.test(request.url()) || faults.push(`asks the net: ${request.url()}`));
  return page;
}
async function look(page, name) {
  // A script put in by the checker, which the page itself could not.
  const result = await page.evaluate(`(() => { ${axe}; return axe.run(document, { resultTypes: ['violations'] }); })()`);
  for (const violation of result.violations) faults.push(`${name}: ${violation.id}: ${violation.nodes.map(node => node.target).slice(0, 3).join(' ')}`);
  if (pictures) {
    mkdirSync(pictures, { recursive: true });
    await page.screenshot({ path: join(pictures, `${name}.png`) });
  }
}
const drop = async (page, files) => {
  const data = await page.evaluateHandle(files => {
    const data = new DataTransfer();
    for (const [name, bytes] of files) data.items.add(new File([new Uint8Array(bytes)], name));
    return data;
  }, files.map(([name, bytes]) => [name, [...Buffer.from(bytes)]]));
  await page.dispatchEvent('.zone', 'drop', { dataTransfer: data });
};
const said = name => readFileSync(join(work, 'out', name), 'utf8');

try {
  const { desk, address } = await open('in', 'en');
  // Light and dark, wide and narrow, in both languages.
  const looks = ['light', 'dark'].flatMap(colorScheme => [1280, 360].flatMap(width => ['en', 'zh'].map(lang => [colorScheme, width, lang])));
  const inEach = async look => {
    for (const [colorScheme, width, lang] of looks) {
      const page = await newPage(address, { viewport: { width, height: 800 }, colorScheme });
      await page.goto(address);
      if (lang === 'zh') await page.getByRole('button', { name: '中文' }).click();
      await look(page, `${colorScheme}-${width}-${lang}`);
      await page.context().close();
    }
  };
  const fits = async (page, name) => assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${name} is wider than the window`);
  await inEach(async (page, name) => {
    await page.locator('#steps li').nth(2).waitFor();
    await fits(page, `empty-${name}`);
    await look(page, `empty-${name}`);
  });
  let page = await newPage(address, { viewport: { width: 1300, height: 900 } });
  await page.goto(address);
  await drop(page, [['a.txt', TEXT], ['b.txt', BIG5], ['c.txt', QUOTES], ['d.doc', 'no text']]);
  await page.locator('#files li .needs').nth(2).waitFor();
  const opened = async name => { await page.locator('#files a', { hasText: name }).click(); await page.locator('#bar .told').waitFor(); };
  await page.locator('#missed summary', { hasText: 'Not taken: 1' }).click();
  await page.locator('#missed li', { hasText: 'save it as DOCX' }).waitFor();

  // The encoding of one, by a click.
  await opened('b.txt');
  await page.selectOption('#encoding', 'gb18030');
  await page.locator('#reading b', { hasText: 'gb18030' }).waitFor();
  await page.selectOption('#encoding', 'big5');
  await page.locator('#reading b', { hasText: 'big5' }).waitFor();
  await page.keyboard.press('Escape');

  // A place, a form, a rule, a heading of another; by keys, by buttons.
  await opened('a.txt');
  const state = async (n, state) => page.locator(`#p${n}.${state}`).waitFor();
  const now = () => page.locator('.place[aria-current]').first();
  await page.keyboard.press('n');
  await page.keyboard.press('p');
  assert.equal(await now().getAttribute('id'), 'p0');
  await page.keyboard.press('x');
  await state(0, 'rejected');
  await page.keyboard.press('u');
  await state(0, 'open');
  await page.keyboard.press('y');
  await state(0, 'accepted');
  await page.keyboard.press('x');
  await state(0, 'rejected');
  const form = text => page.locator('.forms li', { has: page.locator('del', { hasText: text }) });
  await form('.').first().getByRole('button', { name: 'Reject all like this' }).click();
  await state(1, 'rejected');
  await form(';').getByRole('button', { name: 'Reject all of this rule' }).click();
  await page.locator('.place.rejected', { hasText: ';' }).waitFor();
  await page.getByLabel('Heading: 第二章 云').selectOption('0');
  await page.locator('.outline li', { hasText: '第二章 云' }).waitFor({ state: 'detached' });
  await page.keyboard.press('n');
  await page.keyboard.press('r');
  await page.locator('dialog textarea').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('#pages').getByRole('button', { name: 'Convert' }).click();
  await page.locator('#pages a', { hasText: 'DOCX' }).waitFor();
  // What is decided now is not yet in what was made.
  await page.locator('#p0').click();
  await page.keyboard.press('t');
  await state(0, 'open');
  await page.locator('#made .doubt', { hasText: 'since these were made' }).waitFor();
  await page.keyboard.press('x');
  await state(0, 'rejected');
  await page.locator('a', { hasText: 'All files' }).click();

  // What is only suggested, by keys.
  await opened('c.txt');
  for (const n of [0, 1]) {
    await page.locator(`#p${n}.suggested[aria-current]`).waitFor();
    await page.keyboard.press('y');
    await state(n, 'accepted');
    await page.keyboard.press('d');
  }
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Convert all' }).click();
  await page.locator('#files li', { hasText: 'c.txt' }).filter({ hasText: 'pdf' }).waitFor();
  const [kept] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'All as a zip' }).click()]);
  assert.ok(readFileSync(await kept.path()).subarray(0, 2).equals(Buffer.from('PK')));

  // What was made says exactly that, and the command line has nothing left to do.
  assert.match(said('a.md'), /他说,今天走\.\n/);
  assert.match(said('a.md'), /他答，走\.\n/);
  assert.match(said('a.md'), /越来越低了;风（很大）也来了\.\n/);
  assert.match(said('a.md'), /\n第二章 云\n/);
  assert.match(said('b.md'), /天地玄黃，宇宙洪荒/);
  assert.match(said('c.md'), /“我读过‘论语’两遍。”/);
  // So do the pages and the document.
  const pages = execFileSync('pdftotext', [join(work, 'out/a.pdf'), '-'], { encoding: 'utf8' }).replace(/\s/g, '');
  const xml = execFileSync('unzip', ['-p', join(work, 'out/a.docx'), 'word/document.xml'], { encoding: 'utf8' });
  const document = xml.replace(/<[^>]*>/g, '').replace(/\s/g, '');
  for (const text of [pages, document]) {
    for (const part of ['他说,今天走.', '去吗？”他答，走.', '越来越低了;风（很大）也来了.']) assert.ok(text.includes(part), `${part} is not in ${text}`);
  }
  assert.match(readFileSync(join(work, 'in/shanben.decisions.toml'), 'utf8'), /encoding = "big5"/);
  const command = args => execFileSync(binary, args, { cwd: work, stdio: 'pipe', encoding: 'utf8' });
  command(['convert', 'in', '-o', 'out', '-t', 'pdf,docx,md', '-q']);
  assert.match(said('a.md'), /他说,今天走\.\n/);
  assert.equal(command(['verify', 'out', '-q']).match(/agree with their source/g).length, 3);

  await inEach(async (page, name) => {
    await page.locator('#files li .needs').nth(2).waitFor();
    await fits(page, `files-${name}`);
    await look(page, `files-${name}`);
    for (const file of ['a.txt', 'c.txt']) {
      await page.locator('#files a', { hasText: file }).click();
      await page.locator('.place').first().waitFor();
      await page.locator('#pages iframe').waitFor();
      await fits(page, `${file}-${name}`);
      await look(page, `${file}-${name}`);
      if (pictures) await page.screenshot({ path: join(pictures, `whole-${file}-${name}.png`), fullPage: true });
      if (file === 'c.txt') break;
      await page.keyboard.press('r');
      await page.locator('dialog textarea').waitFor();
      await look(page, `replace-${name}`);
      await page.keyboard.press('Escape');
      await page.locator('.number').first().click();
      await page.locator('dialog select').waitFor();
      await look(page, `heading-${name}`);
      await page.keyboard.press('Escape');
      await page.keyboard.press('Escape');
    }
  });
  for (const context of browser.contexts()) await context.close();

  // Two windows on one file: of what has changed in the other nothing is decided before it is shown.
  const windows = [await newPage(address, {}), await newPage(address, {})];
  for (const window of windows) {
    page = window;
    await page.goto(address);
    await opened('a.txt');
    await page.locator('#p2').click();
  }
  await windows[0].keyboard.press('y');
  await windows[0].locator('#p2.accepted').waitFor();
  await windows[1].keyboard.press('x');
  await windows[1].locator('#told', { hasText: 'The text has changed meanwhile' }).waitFor();
  await windows[1].locator('#p2.accepted').waitFor();
  await windows[1].locator('#p2').click();
  await windows[1].keyboard.press('x');
  await windows[1].locator('#p2.rejected').waitFor();
  for (const context of browser.contexts()) await context.close();
  page = await newPage(address, {});
  await page.goto(address);
  await page.getByRole('button', { name: 'Close' }).click();
  await page.locator('main', { hasText: 'The desk is closed.' }).waitFor();
  await page.context().close();
  await new Promise(ended => (desk.exitCode === null ? desk.once('exit', ended) : ended()));

  // Five thousand files: the list is there at once.
  mkdirSync(join(work, 'many'));
  for (let n = 0; n < 5000; n++) writeFileSync(join(work, 'many', `${String(n).padStart(4, '0')}.txt`), `第${n}篇\n\n　　天色将晚,山道上只剩下一个人.\n`);
  const many = await open('many', 'en');
  page = await newPage(many.address, {});
  await page.goto(many.address);
  await page.locator('#rest', { hasText: 'of 5000' }).waitFor({ timeout: 10_000 });
  // More come as one scrolls, in the order of what wants eyes first; and a name is found among all.
  for (let rows = 200; rows < 1000;) {
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    await page.waitForFunction(rows => document.querySelectorAll('#files li').length > rows, rows);
    rows = await page.locator('#files li').count();
  }
  await page.fill('#search', '4321');
  await page.locator('#files li').nth(1).waitFor({ state: 'detached' });
  assert.match(await page.locator('#files li').textContent(), /4321\.txt/);
  many.desk.kill();
  assert.deepEqual(faults, []);
} finally {
  await browser.close();
  rmSync(work, { recursive: true, force: true });
}
console.log('desk: the story of three files, by keys and clicks, wide and narrow, light and dark, in both languages; 5,000 files are listed; axe-core finds nothing');
