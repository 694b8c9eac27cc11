import { execFile } from 'node:child_process';
import { openSync, readFileSync, writeSync, closeSync } from 'node:fs';
import { promisify } from 'node:util';

import { type Page } from '@playwright/test';

import { fits } from '../support/looks.ts';
import { people } from '../support/people.ts';
import { binary } from '../support/servers.ts';
import { expect, test } from '../support/test.ts';
import { unzip } from '../support/zip.ts';

/** Has the pack of the present year made, and receives it. */
async function pack(page: Page): Promise<{ path: string; key: string }> {
  await page.goto('/audit');
  const told = await page.getByRole('region', { name: '証跡パック' }).locator('pre').innerText();
  const key = /--vkey "([^"]+)"/.exec(told)?.[1] ?? '';
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '作成してダウンロード' }).click(),
  ]);
  expect(told).toContain(download.suggestedFilename());
  return { path: await download.path(), key };
}

/** Runs `kokoroe verify` as the page says it; it has no server and no database to ask. */
async function verify(path: string, key: string): Promise<{ status: number; said: string }> {
  const run = promisify(execFile);
  try {
    const { stdout } = await run(binary(), ['verify', path, '--vkey', key], { env: {} });
    return { status: 0, said: stdout };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { status: code, said: stdout + stderr };
  }
}

/** Changes one digit of the time of a completion in the file of the database, as somebody with the disk in hand would. */
function oneByte(data: string, certificate: string): void {
  const file = `${data}/kokoroe.db`;
  const text = readFileSync(file, 'latin1');
  // SQLite keeps a row's columns side by side: the number, its check code, and the time.
  const found = [...text.matchAll(new RegExp(`${certificate}[0-9A-Z-]{10,20}(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d)(\\d)`, 'g'))];
  expect(found.length, 'the row is in the file').toBeGreaterThan(0);
  const database = openSync(file, 'r+');
  for (const { index, 0: { length }, 2: digit } of found) {
    writeSync(database, String((Number(digit) + 1) % 10), index + length - 1, 'latin1');
  }
  closeSync(database);
}

test('the auditor finds the newest checkpoint, the key and the ways to read, and nothing to change', { tag: '@desk' }, async ({ open, page, signIn }) => {
  const auditor = await signIn(people.auditor);
  await auditor.press(page.getByRole('link', { name: '監査', exact: true }));
  await expect(auditor.heading()).toHaveText('監査');
  await expect(page.getByRole('main')).toContainText('ここからは何も変えられません。');
  const checkpoint = page.getByRole('region', { name: /^最新のチェックポイント/ });
  await expect(checkpoint.locator('pre').first()).toHaveText(/^kokoroe-\w+\/\d{4}\s+\d+\s+[\w+/=]{44}\s+— kokoroe-\w+ [\w+/=]+\s*$/);
  await expect(checkpoint.locator('pre').last()).toHaveText(/^kokoroe-\w+\+\w{8}\+[\w+/=]+$/);

  for (const path of ['/audit/roster', '/audit/content', '/audit/log', '/audit/check']) await open(path);
  await page.goto('/audit/log');
  await expect(page.getByRole('main').locator('form[method=post]')).toHaveCount(0);
});

test('the roster can be read as of a day, searched, and sampled in a way that can be repeated', { tag: '@desk' }, async ({ open, page, signIn, sound }) => {
  await signIn(people.auditor);
  await open('/audit/roster');
  const rows = page.getByRole('table', { name: '受講者名簿' }).getByRole('rowheader');
  const finished = (await page.getByRole('main').innerText()).match(/（(\d+) \/ (\d+)人）/);
  const draw = async (word: string): Promise<string[]> => {
    await page.goto('/audit/roster');
    await page.getByLabel('抜き取る人数').fill('7');
    await page.getByLabel('抜き取りの言葉').fill(word);
    await page.getByRole('button', { name: '表示する' }).click();
    await expect(rows).toHaveCount(7);
    return rows.allInnerTexts();
  };
  const first = await draw('令和8年度 第1回');
  expect(await draw('令和8年度 第1回'), 'the same words draw the same people').toEqual(first);
  expect(await draw('令和8年度 第2回')).not.toEqual(first);
  await sound();

  await page.goto('/audit/roster');
  const day = new Date(Date.now() - 28 * 24 * 3600 * 1000).toISOString().slice(0, 10);
  await page.getByLabel('いつの時点').fill(day);
  await page.getByRole('button', { name: '表示する' }).click();
  await expect(page.getByRole('main')).toContainText(/24:00 時点/);
  const then = (await page.getByRole('main').innerText()).match(/（(\d+) \/ (\d+)人）/);
  expect(Number(then?.[1])).toBeLessThan(Number(finished?.[1]));
  await sound();
});

test('the chain of one person is proven from the assignment to the certificate, with the answers as they were shown', { tag: '@desk' }, async ({
  page,
  signIn,
  sound,
}) => {
  const auditor = await signIn(people.auditor);
  await page.goto(`/audit/roster?q=${people.finished}`);
  await auditor.press(page.getByRole('table').getByRole('link').first());
  await expect(page.getByText(/^この人の記録\d+件は、すべて証跡と一致しています$/)).toBeVisible();
  const year = page.getByRole('region', { name: /SNSの約束/ }).first();
  for (const fact of ['割り当て', '署名', '修了']) await expect(year.getByRole('term').filter({ hasText: new RegExp(`^${fact}$`) })).toBeVisible();
  const marks = year.locator('[data-proof]');
  expect(await marks.count()).toBeGreaterThan(20);
  await expect(year.locator('[data-proof]:not([data-proof=proven])')).toHaveCount(0);
  await year.getByText(/^解答\d+件/).first().click();
  await expect(year.getByRole('table', { name: '解答' }).first()).toContainText('この写真を出す前に、気をつける所をすべて選びます。');
  await sound();

  await auditor.press(marks.first());
  await expect(page).toHaveURL(/\/audit\/log\?log=\d{4}&from=\d+#leaf-\d+$/);
  const leaf = page.locator(':target');
  await expect(leaf).toContainText('"k":"assign.create"');
  await page.goto(`/audit/roster?q=${people.finished}`);
  const name = await page.getByRole('table').getByRole('link').first().innerText();
  await page.goto('/audit/log');
  await expect(page.getByRole('main'), 'no leaf holds a name').not.toContainText(name);
});

test('the content can be read as it was shown, and its fingerprint is that of its text', { tag: '@desk' }, async ({ page, signIn, sound }) => {
  const auditor = await signIn(people.auditor);
  await page.goto('/audit/content');
  await auditor.press(page.getByRole('link', { name: '写真に写るもの' }));
  await expect(page.getByRole('main')).toContainText('この写真を出す前に、気をつける所をすべて選びます。');
  await sound();
  const hash = new URL(page.url()).pathname.replace('/audit/content/', '');
  const text = await page.request.get(`/audit/content/${hash}/text`);
  const digest = await crypto.subtle.digest('SHA-256', new Uint8Array(await text.body()));
  expect(Buffer.from(digest).toString('hex')).toBe(hash);
});

test('the pack of the year verifies offline; once a byte is changed in the database, neither the log nor a new pack does', { tag: '@desk' }, async ({
  page,
  restart,
  signIn,
  sound,
}) => {
  test.setTimeout(180_000);
  const auditor = await signIn(people.auditor);
  const check = async (): Promise<void> => {
    await page.goto('/audit/check');
    await auditor.press(page.getByRole('button', { name: /検証する$/ }));
  };

  await check();
  await expect(page.getByText(/の検証で、相違はありませんでした$/)).toBeVisible();
  const whole = await pack(page);
  const files = unzip(readFileSync(whole.path));
  expect([...files.keys()].join(' ')).toMatch(/README/);
  const good = await verify(whole.path, whole.key);
  expect(good.said).toContain('OK  kokoroe-');
  expect(good.status).toBe(0);
  const stranger = whole.key.replace(/\+[^+]+$/, '+AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA');
  expect((await verify(whole.path, stranger)).status, 'with another key').not.toBe(0);

  await page.goto(`/audit/roster?q=${people.finished}`);
  await auditor.press(page.getByRole('table').getByRole('link').first());
  const certificate = /\d{4}-SNS-\d{6}/.exec(await page.getByRole('main').innerText())?.[0] ?? '';
  const person = page.url();
  await restart((data) => oneByte(data, certificate));

  await check();
  await expect(page.getByText(/の検証で、相違が\d+種類見つかりました$/)).toBeVisible();
  await expect(page.getByRole('main')).toContainText('completion');
  await page.goto('/audit');
  await expect(page.getByText(/の検証で、相違が\d+種類見つかりました$/)).toBeVisible();
  await sound();
  await page.goto(person);
  await sound();
  await expect(page.getByText(/は、すべて証跡と一致しています$/)).toHaveCount(0);

  const altered = await pack(page);
  const bad = await verify(altered.path, altered.key);
  expect(bad.status).toBe(1);
  expect(bad.said).toContain('NOT WHOLE  相違があります');
  expect(bad.said).toMatch(/completions\.csv/);
  expect((await verify(whole.path, whole.key)).status, 'the pack that was made before still verifies').toBe(0);
});

test('the pages of the auditor fit the narrowest screen', async ({ page, signIn }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await signIn(people.auditor);
  for (const path of ['/audit', '/audit/check', '/audit/roster', '/audit/content', '/audit/log', `/audit/roster?q=${people.finished}`]) {
    await page.goto(path);
    await fits(page);
  }
  await page.getByRole('table').getByRole('link').first().click();
  await expect(page.getByText(/^この人の記録\d+件/)).toBeVisible();
  await fits(page);
});
