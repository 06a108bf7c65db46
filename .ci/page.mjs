// The report for people in a browser: `node .ci/page.mjs BINARY [FOLDER]` converts two thousand files with a report in each language, opens
// it in headless Chromium, and uses it as a person would. Pictures of it go to FOLDER.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [binary, pictures] = process.argv.slice(2).map(path => resolve(path));
const chromium = '/usr/bin/chromium';
const tools = process.env.SHANBEN_TOOLS ?? join(homedir(), '.cache/shanben-tools');
if (!existsSync(chromium) || !existsSync(join(tools, 'node_modules/playwright-core'))) {
  console.error('page: SKIPPED, there is no Chromium or no playwright-core (.ci/install)');
  process.exit(0);
}
const playwright = createRequire(join(tools, 'package.json'))('playwright-core');

// 2,000 files, one in a folder of its own: every tenth has edits, every hundredth a warning, one is empty, one has a name that would be markup.
const FILES = 2000;
const work = mkdtempSync(join(tmpdir(), 'page-'));
mkdirSync(join(work, 'in/sub'), { recursive: true });
for (let n = 0; n < FILES; n++) {
  let text = `第${n}篇\n\n　　天色将晚，山道上只剩下一个挑担子的人。\n`;
  if (n % 10 === 1) text += '　　问题多发,已有多人因此被问责处理。<b>不是标记</b>\n';
  if (n % 100 === 2) text += '　　“他没有说完。\n';
  if (n === 3) text = '';
  const folder = n === 5 ? 'in/sub' : 'in';
  writeFileSync(join(work, folder, n === 4 ? '<img src=x onerror=alert(1)>.txt' : `${String(n).padStart(4, '0')}.txt`), text);
}

if (pictures) mkdirSync(pictures, { recursive: true });
const browser = await playwright.chromium.launch({
  executablePath: chromium,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
});
try {
  for (const [lang, word, told] of [['en', 'failed', 'make a half-width comma in Chinese full-width'], ['zh', '失败', '中文里的半角逗号改为全角']]) {
    const report = join(work, `${lang}.html`);
    try {
      execFileSync(binary, ['convert', 'in', '-o', `out-${lang}`, '-t', 'md', '-q', '--lang', lang, '--report', report], { cwd: work, stdio: 'pipe' });
      assert.fail('the empty file must fail');
    } catch (error) {
      assert.equal(error.status, 1, String(error.stderr ?? error));
    }
    const page = await browser.newPage({ viewport: { width: 1100, height: 800 } });
    const faults = [];
    page.on('pageerror', error => faults.push(String(error)));
    page.on('console', message => message.type() === 'error' && faults.push(message.text()));
    page.on('dialog', dialog => { faults.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
    page.on('request', request => request.url().startsWith('file:') || faults.push(`asks the net: ${request.url()}`));
    await page.goto(pathToFileURL(report).href);
    assert.equal(await page.getAttribute('html', 'lang'), lang === 'en' ? 'en' : 'zh-Hans');

    const PAGE = 200;
    const shown = async () => {
      const count = Number((await page.textContent('#count')).split(' / ')[0]);
      assert.equal(await page.locator('details.f:visible').count(), Math.min(count, PAGE), 'some hundred rows at once');
      return count;
    };
    // Of more files than are shown at once there is a page a folder, and the first lists them.
    const folders = () => page.locator('main .g:not(.head)');
    assert.equal(await folders().count(), 2);
    assert.deepEqual(await folders().first().locator('a, span').allTextContents(), ['in', String(FILES - 1), '1', String(FILES / 10), String(FILES / 100), '']);
    await page.selectOption('#order', 'name');
    await folders().locator('a', { hasText: 'in/sub' }).click();
    // A link to a place within the page is followed when the browser comes to it.
    await page.waitForFunction(() => document.querySelector('#count').textContent.startsWith('1 / '));
    assert.equal(await shown(), 1);
    assert.equal(await page.locator('.n').first().textContent(), 'in/sub/0005.txt');
    if (pictures) await page.screenshot({ path: join(pictures, `${lang}-folder.png`) });
    await page.goBack();
    await page.waitForFunction(() => document.querySelectorAll('main .g:not(.head)').length === 2);
    if (pictures) await page.screenshot({ path: join(pictures, `${lang}-folders.png`) });
    await page.reload();
    await page.selectOption('#order', 'found');
    await page.selectOption('#folder', { index: 1 });
    const choose = async value => { await page.selectOption('#show', value); return shown(); };
    assert.equal(await shown(), FILES);
    assert.equal(await choose('failed'), 1);
    assert.equal(await page.locator('details.f:visible summary span').first().textContent(), word);
    assert.equal(await choose('changed'), FILES / 10);
    assert.equal(await choose('warned'), FILES / 100);
    assert.equal(await choose('done'), FILES - 1);
    assert.equal(await choose('skipped'), 0);
    assert.equal(await choose('left-out'), 0);
    await choose('all');
    assert.equal(await page.textContent('#page'), `1 / ${FILES / PAGE}`);
    await page.click('#behind');
    assert.equal(await page.locator('.n').first().textContent(), 'in/0202.txt', '0004 and 0005 are elsewhere');
    await page.click('#before');
    // By rule, by warning, by folder, and in another order.
    const labels = async id => (await page.locator(`#${id} option`).allTextContents()).slice(1);
    assert.ok((await labels('rule')).includes(`half-comma (${FILES / 10})`));
    await page.selectOption('#rule', 'half-comma');
    assert.equal(await shown(), FILES / 10);
    await page.selectOption('#order', 'warnings');
    await page.selectOption('#rule', { index: 0 });
    assert.equal(await page.locator('.n').first().textContent(), 'in/0002.txt');
    assert.equal((await labels('warning')).length, 1);
    await page.selectOption('#order', 'found');
    assert.deepEqual((await labels('folder')).slice(1), [`in/sub (1)`, `in (${FILES - 1})`].sort());
    await page.selectOption('#folder', 'in/sub');
    assert.equal(await page.locator('.n').first().textContent(), 'in/sub/0005.txt');
    await page.selectOption('#folder', { index: 1 });
    assert.equal(await shown(), FILES);
    await page.selectOption('#folder', { index: 0 });
    assert.equal(await folders().count(), 2);
    await page.fill('#search', '004');
    assert.equal(await shown(), 11, '0040 to 0049 and 1004; 0004 is the one named like markup');
    assert.equal(await page.textContent('#count'), `11 / ${FILES}`);
    await page.fill('#search', '<img');
    assert.equal(await shown(), 1);

    await page.fill('#search', '0011');
    const row = page.locator('details.f:visible');
    await row.locator('summary').click();
    const edit = row.locator('.e').first();
    assert.equal(await edit.locator('del').textContent(), ',');
    assert.equal(await edit.locator('ins').textContent(), '，');
    await edit.click();
    assert.equal(await page.textContent('#why'), `half-comma: ${told}`);
    assert.ok((await row.textContent()).includes('<b>不是标记</b>'), 'markup in a text is shown, not used');
    const link = await row.locator('a').first().getAttribute('href');
    assert.ok(existsSync(join(work, decodeURIComponent(link))), `${link} leads nowhere`);
    if (pictures) {
      await page.screenshot({ path: join(pictures, `${lang}-file.png`) });
      await page.keyboard.press('Escape');
      await page.fill('#search', '');
      await page.screenshot({ path: join(pictures, `${lang}.png`) });
    }
    assert.deepEqual(faults, []);
    await page.close();
  }
} finally {
  await browser.close();
  rmSync(work, { recursive: true });
}
console.log(`page: ${FILES} rows, pages of folders, filters, search, edits and links work in both languages`);
