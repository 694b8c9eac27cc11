import { readFileSync } from 'node:fs';

import { fits } from '../../support/looks.ts';
import { people } from '../../support/people.ts';
import { expect, test } from '../../support/test.ts';

test('the training office sees the whole hospital and which departments are below the target', async ({ open, page, signIn }) => {
  const office = await signIn(people.office);
  await office.press(page.getByRole('link', { name: '研修の管理' }));
  await expect(office.heading()).toHaveText('全体の状況');
  const rate = /([\d.]+)%（(\d+) \/ (\d+)人）/.exec(await page.getByRole('region', { name: '受講率' }).innerText());
  const [, percent, done, of] = (rate ?? []).map(Number) as [number, number, number, number];
  expect(percent).toBe(Math.floor((done * 1000) / of) / 10);

  const below = page.getByRole('table', { name: '目標に届いていない部署' });
  const rates = (await below.getByRole('row').allInnerTexts()).flatMap((row) => /([\d.]+)%/.exec(row)?.[1] ?? []).map(Number);
  expect(rates.length).toBeGreaterThan(3);
  expect(Math.max(...rates)).toBeLessThan(90);
  expect(rates, 'the lowest first').toEqual(rates.toSorted((a, b) => a - b));
  await open('/office');
});

test('the table has the numbers of departments and modules in its cells, and leads down to the people', async ({ page, signIn, sound }) => {
  const office = await signIn(people.office);
  await page.goto('/office');
  await office.press(page.getByRole('link', { name: '部署と研修の表' }));
  const table = page.getByRole('table');
  const heads = await table.getByRole('columnheader').allInnerTexts();
  expect(heads.slice(0, 3)).toEqual(['部署', '写真に写るもの', '災害の日の発信']);
  expect(heads.slice(-2)).toEqual(['確認テスト', '修了']);
  const ward = table.getByRole('row').filter({ has: page.getByRole('rowheader', { name: '3病棟' }) });
  const cells = await ward.getByRole('cell').allInnerTexts();
  for (const cell of cells) {
    expect(cell, 'both counts and the rate, or that nobody owes it').toMatch(/^(\d+\/\d+\s+[\d.]+%|\D*$)/);
  }

  await office.press(ward.getByRole('link', { name: '3病棟' }));
  await expect(office.heading()).toHaveText(/^3病棟：/);
  const [, done, of] = (/^(\d+)\/(\d+)\s/.exec(cells.at(-1) ?? '') ?? []).map(Number);
  await expect(page.getByRole('region', { name: '受講率' })).toContainText(`（${done} / ${of}人）`);
  await office.press(page.getByRole('table').getByRole('link').first());
  await expect(page.getByRole('table', { name: '年度ごとの受講状況' })).toBeVisible();
  await sound();
});

test('the way to the due date says the rate of the hospital, week by week, beside the year before', async ({ page, signIn, sound }) => {
  const office = await signIn(people.office);
  await page.goto('/office');
  const now = /[\d.]+%（\d+ \/ \d+人）/.exec(await page.getByRole('region', { name: '受講率' }).innerText())?.[0];
  const said = page.getByText(`${now}です。`, { exact: false }).filter({ hasText: /^受講率は期限の.+前で/ });
  await office.press(page.getByRole('link', { name: '期限までの推移' }));
  await expect(office.heading()).toHaveText('期限までの推移');
  await expect(said).toBeVisible();
  await expect(page.getByText(/前の年の同じ時期は[\d.]+%（\d+ \/ \d+人）でした。/)).toBeVisible();
  await sound();
  await fits(page);
  const beyond = page.getByRole('group', { name: '週ごとの受講率' });
  expect(await beyond.evaluate((sheet) => sheet.scrollWidth - sheet.clientWidth), 'both years are seen at once').toBe(0);
  const week = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: '期限の8週前' }) });
  await expect(week.getByRole('cell')).toHaveText([/^[\d.]+%/, /^[\d.]+%/]);

  await page.getByText('条件を変える').click();
  await page.getByLabel('職種').selectOption('医師');
  await office.press(page.getByRole('button', { name: '表示する' }));
  await expect(page).toHaveURL(/profession=/);
  await expect(said).toHaveCount(0);
  await sound();
});

test('the table can be had for one profession, in the order of the rates, and as a file', async ({ page, signIn, sound }) => {
  const office = await signIn(people.office);
  await page.goto('/office/report');
  const all = await page.getByRole('row').filter({ hasText: '合計' }).innerText();
  await page.getByText('条件を変える').click();
  await page.getByLabel('職種').selectOption('医師');
  await office.press(page.getByRole('button', { name: '表示する' }));
  expect(await page.getByRole('row').filter({ hasText: '合計' }).innerText()).not.toBe(all);
  await office.press(page.getByRole('link', { name: '修了', exact: true }));
  await sound();

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Excelで受け取る' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/\.xlsx$/);
  expect(readFileSync(await download.path()).subarray(0, 2).toString()).toBe('PK');
});

test('the pages of the training office fit the narrowest screen', async ({ page, signIn }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await signIn(people.office);
  for (const path of ['/office', '/office/report', '/office/departments/all', '/office/departments', '/office/people', '/office/people/import']) {
    await page.goto(path);
    await fits(page);
  }
});

test('in English the pages of the training office have no Japanese left but names', async ({ open, page, signIn }) => {
  await signIn(people.office, { lang: 'en' });
  for (const path of ['/office', '/office/report', '/office/people/import', '/office/departments']) {
    await open(path);
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
    const said = await page.getByRole('main').innerText();
    // The course and the departments have English names.
    expect(said.match(/[\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff]+/gu) ?? [], path).toEqual([]);
  }
});
