import { readFileSync } from 'node:fs';

import { type Locator, type Page } from '@playwright/test';

import { asPrinted, fits } from '../support/looks.ts';
import { people } from '../support/people.ts';
import { expect, test } from '../support/test.ts';
import { unzip } from '../support/zip.ts';

/** The number in a text such as 「30人」 or 「未修了 21人」. */
async function figure(said: Locator): Promise<number> {
  return Number(/([\d,]+)人/.exec(await said.innerText())?.[1]?.replaceAll(',', ''));
}

const tab = (page: Page, name: string): Locator =>
  page.getByRole('navigation', { name: '状態でしぼる' }).getByRole('link', { name: new RegExp(`^\\s*${name}`) });

/** Of which moment the page tells. */
const asOf = (page: Page): Locator => page.getByRole('main').locator('summary', { hasText: '時点' });

test('the manager sees who has to act first, how many, and the rate with both its counts', async ({ open, page, signIn }) => {
  await signIn(people.wardHead);
  await open('/');
  await page.getByRole('link', { name: '部署の状況' }).click();
  const heading = page.getByRole('heading', { level: 1 });
  await expect(heading).toHaveText(/^3病棟：未修了 \d+人/);
  await expect(asOf(page)).toContainText(/\d{4}年\d{1,2}月\d{1,2}日 \d{1,2}:\d{2} 時点/);

  const rate = /([\d.]+)%（(\d+) \/ (\d+)人）/.exec(await page.getByRole('region', { name: '受講率' }).innerText());
  const [, percent, done, of] = (rate ?? []).map(Number) as [number, number, number, number];
  expect(percent).toBe(Math.floor((done * 1000) / of) / 10);
  expect(await figure(heading)).toBe(of - done);
  expect(await figure(tab(page, '未修了'))).toBe(of - done);
  expect(await figure(tab(page, '修了'))).toBe(done);

  const first = page.getByRole('region', { name: 'まだの人' }).getByRole('listitem');
  await expect(first.first()).toContainText('再受講');
  await expect(first.first()).toContainText(/期限/);
});

test('each tab has as many people as it says, and all of them together are everybody', async ({ open, page, signIn }) => {
  await signIn(people.wardHead);
  await open('/team');
  const everybody = await figure(tab(page, '全員'));
  let together = 0;
  for (const status of ['再受講', '署名待ち', '受講中', '未着手', '修了', '免除', '対象外']) {
    const number = await figure(tab(page, status));
    await tab(page, status).click();
    await expect(tab(page, status)).toHaveAttribute('aria-current', 'page');
    const rows = page.getByRole('table').getByRole('row').filter({ has: page.getByRole('rowheader') });
    await expect(rows).toHaveCount(number);
    for (const row of await rows.all()) await expect(row).toContainText(status);
    together += number;
  }
  expect(together).toBe(everybody);
});

test('the list is in the order of the readings, can be ordered by date, and can be searched', async ({
  open,
  page,
  signIn,
  sound,
}) => {
  await signIn(people.wardHead);
  await open('/team');
  const kana = page.locator('.roster__kana');
  const readings = await kana.allInnerTexts();
  expect(readings.length).toBeGreaterThan(20);
  expect(readings).toEqual(readings.toSorted((a, b) => a.localeCompare(b, 'ja')));

  await page.getByRole('link', { name: '期限の順' }).click();
  await expect(page.getByRole('link', { name: '期限の順' })).toHaveAttribute('aria-current', 'true');
  expect(await kana.allInnerTexts()).toHaveLength(readings.length);

  await page.getByLabel('氏名か職員番号で探す').fill(people.fresh[0]);
  await page.getByRole('button', { name: '探す' }).click();
  await expect(kana).toHaveCount(1);
  await sound();
});

test('what a person has done over the years is there, but never an answer, a point or what they wrote', async ({
  open,
  page,
  signIn,
}) => {
  const head = await signIn(people.wardHead);
  await page.goto(`/team?q=${people.finished}`);
  await head.press(page.getByRole('table').getByRole('link').first());
  const years = page.getByRole('table', { name: '年度ごとの受講状況' });
  await expect(years.getByRole('rowheader')).toHaveCount(3);
  const main = page.getByRole('main');
  await expect(main).toContainText(people.finished);
  for (const never of [/\d点/, '解答', '正答', '最もよい', 'あなたの文', '自信']) await expect(main).not.toContainText(never);

  const { pathname } = new URL(page.url());
  for (const beyond of ['/answers', '/m1-photo', '/final-test']) {
    expect((await page.request.get(pathname + beyond)).status(), beyond).toBe(404);
  }
  await open(pathname);
});

test('the list as it was on a day of the past says so, and has fewer who had finished', async ({ open, page, signIn }) => {
  await signIn(people.wardHead);
  await open('/team');
  const done = async (): Promise<number> =>
    Number(/（(\d+) \/ \d+人）/.exec(await page.getByRole('region', { name: '受講率' }).innerText())?.[1]);
  const now = await done();
  const day = new Date(Date.now() - 28 * 24 * 3600 * 1000);
  await page.getByText('条件を変える').click();
  await page.getByLabel('いつの時点').fill(day.toISOString().slice(0, 10));
  await page.getByRole('button', { name: '表示する' }).click();
  await expect(asOf(page)).toContainText('24:00 時点');
  expect(await done()).toBeLessThan(now);
  await open(new URL(page.url()).pathname + new URL(page.url()).search);
});

test('the list is handed out for Excel and as CSV, with the same people and nothing more about them', async ({
  open,
  page,
  signIn,
}) => {
  await signIn(people.wardHead);
  await open('/team');
  const everybody = await figure(tab(page, '全員'));
  const received = async (name: string): Promise<{ name: string; bytes: Buffer }> => {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).click()]);
    return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
  };

  const excel = await received('Excelで受け取る');
  expect(excel.name).toMatch(/\.xlsx$/);
  const workbook = [...unzip(excel.bytes).values()].map((file) => file.toString('utf8')).join('');
  await page.getByText('ほかの形式').click();
  const csv = await received('CSV（UTF-8）');
  expect([...csv.bytes.subarray(0, 3)], 'Excel knows UTF-8 by its mark').toEqual([0xef, 0xbb, 0xbf]);
  const table = csv.bytes.toString('utf8').slice(1);
  const old = await received('CSV（Shift_JIS）');
  const decoded = new TextDecoder('shift_jis').decode(old.bytes);

  const columns = 'No.,部署コード,部署名,職種,職員番号,氏名,フリガナ,状態,修了日,期限,備考';
  for (const [name, text] of [['UTF-8', table], ['Shift_JIS', decoded]] as const) {
    expect(text.split(/\r?\n/)[0]?.replaceAll('"', ''), name).toBe(columns);
  }
  for (const column of columns.split(',')) expect(workbook.includes(`<t>${column}</t>`), column).toBe(true);
  const numbers = [...new Set(table.match(/\b10\d{4}\b/g))];
  expect(numbers).toHaveLength(everybody);
  for (const number of numbers) {
    expect(workbook.includes(number), number).toBe(true);
    expect(decoded.includes(number), number).toBe(true);
  }
});

test('on paper the list has its own head and nothing to press', async ({ open, page, signIn }) => {
  await signIn(people.wardHead);
  await open('/team');
  await expect(page.locator('.paper__box')).toBeHidden();
  await asPrinted(page, async () => {
    await expect(page.locator('.paper__box')).toContainText('みなとの森病院');
    await expect(page.locator('.paper__box')).toContainText(/時点/);
    await expect(page.locator('.paper__box')).toContainText('部署：3病棟');
    await expect(page.getByRole('table')).toBeVisible();
    await expect(page.getByRole('search')).toBeHidden();
    await expect(tab(page, '未着手')).toBeHidden();
  });
});

test('the director of nursing chooses among her departments, and sees nothing of the others', async ({ open, page, signIn }) => {
  await signIn(people.nursingHead);
  await open('/team');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^看護部：/);
  await page.getByText('条件を変える').click();
  const departments = page.getByLabel('部署');
  const offered = (await departments.getByRole('option').allInnerTexts()).map((name) => name.trim());
  expect(offered.join(' ')).toMatch(/3病棟.*4病棟.*5病棟.*外来.*手術室/);
  expect(offered.join(' ')).not.toMatch(/内科|薬剤部|事務部|監査室/);
  await departments.selectOption({ label: offered.find((name) => name.endsWith('4病棟')) ?? '' });
  await page.getByRole('button', { name: '表示する' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^4病棟：/);
  await open(new URL(page.url()).pathname + new URL(page.url()).search);
});

test('a manager learns nothing of another department, by no address and no file', async ({
  anotherDevice,
  faults,
  open,
  page,
  signIn,
}) => {
  faults.expect(403, 404);
  const director = await anotherDevice();
  await signIn(people.nursingHead, { page: director });
  await director.goto('/team');
  await director.getByText('条件を変える').click();
  const ward4 = await director.getByLabel('部署').getByRole('option', { name: '4病棟' }).getAttribute('value');
  await director.goto(`/team?department=${ward4}`);
  const stranger = await director.getByRole('table').getByRole('link').first().getAttribute('href');
  const name = await director.getByRole('table').getByRole('link').first().innerText();

  await signIn(people.wardHead);
  for (const path of [`/team?department=${ward4}`, `${stranger}`, `${stranger?.replace('/team/', '/office/')}`, `/office/departments/${ward4}`]) {
    expect([403, 404], path).toContain((await open(path)).status());
    await expect(page.getByRole('main')).not.toContainText(name);
    await expect(page.getByRole('main')).not.toContainText('4病棟');
  }
  await page.goto(`/team?q=${encodeURIComponent(name)}`);
  await expect(page.getByRole('table').getByRole('link')).toHaveCount(0);

  await page.goto('/team');
  await page.locator('form[action="/team/export"]').first().evaluate((form, id) => {
    const field = document.createElement('input');
    Object.assign(field, { type: 'hidden', name: 'department', value: id });
    form.append(field);
  }, ward4);
  await page.getByRole('button', { name: 'Excelで受け取る' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/ページが見つかりません|このページは開けません/);
});

test('who manages nobody has no such page, and managers have none of the others', async ({
  anotherDevice,
  faults,
  open,
  signIn,
}) => {
  faults.expect(403);
  const pages: [string, string[]][] = [
    [people.fresh[0], ['/team', '/office', '/office/people', '/office/people/import', '/office/report', '/audit', '/audit/log']],
    [people.wardHead, ['/office', '/office/people', '/office/people/import', '/office/report', '/audit', '/audit/roster']],
    [people.secondAuditor, ['/team', '/office', '/office/people', '/office/people/import']],
    [people.office, ['/audit', '/audit/log', '/audit/check']],
  ];
  for (const [number, refused] of pages) {
    const device = await anotherDevice();
    await signIn(number, { page: device });
    for (const path of refused) expect((await open(path, device)).status(), `${number} ${path}`).toBe(403);
    await expect(device.getByRole('heading', { level: 1 })).toHaveText('このページは開けません');
  }
});

test('the list fits the narrowest screen', async ({ open, page, signIn }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  const head = await signIn(people.wardHead);
  await open('/team');
  await fits(page);
  await head.press(page.getByRole('table').getByRole('link').first());
  await fits(page);
});
