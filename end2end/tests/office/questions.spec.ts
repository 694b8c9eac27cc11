import { readFileSync } from 'node:fs';

import { fits } from '../../support/looks.ts';
import { people } from '../../support/people.ts';
import { expect, test } from '../../support/test.ts';

test('the training office sees which questions are hard, who finds them hard, and takes the list away', async ({ page, signIn, sound }) => {
  const office = await signIn(people.office);
  await page.goto('/office');
  await office.press(page.getByRole('main').getByRole('link', { name: '教材のふりかえり' }));
  await expect(office.heading()).toHaveText('教材のふりかえり');
  await office.press(page.getByRole('link', { name: '初回正答率の低い順' }));
  const table = page.getByRole('table', { name: '問いごとの、最初の答え' });
  const rows = await table.getByRole('row').allInnerTexts();
  const rates = rows.flatMap((row) => /(\d+\.\d)%/.exec(row)?.[1] ?? []).map(Number);
  expect(rates.length).toBeGreaterThan(10);
  expect(rates, 'the lowest first').toEqual(rates.toSorted((a, b) => a - b));

  await page.getByLabel('教材', { exact: true }).selectOption({ label: '写真に写るもの' });
  await office.press(page.getByRole('button', { name: '表示する' }));
  expect(page.url()).toContain('module=m1-photo');
  expect(page.url(), 'the order is kept').toContain('sort=rate');
  await office.press(table.getByRole('link').first());
  await expect(page.getByRole('heading', { name: '職種別' }), 'as a table, or as the reason why there is none').toBeVisible();
  const groups = await page.getByRole('table', { name: '部署別' }).getByRole('row').allInnerTexts();
  for (const group of groups) {
    const count = /(\d+)人/.exec(group)?.[1];
    if (count !== undefined) expect(Number(count), group).toBeGreaterThanOrEqual(10);
  }
  expect(groups.filter((group) => group.includes('非表示')).length, 'never one alone').not.toBe(1);
  await office.press(page.getByRole('link', { name: '教材のふりかえり' }));
  expect(page.url(), 'the list as it was').toMatch(/module=m1-photo.*sort=rate|sort=rate.*module=m1-photo/);
  await sound();

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Excelで受け取る' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^教材のふりかえり_.*\.xlsx$/);
  expect(readFileSync(await download.path()).subarray(0, 2).toString()).toBe('PK');
});

test('a clause that is misunderstood leads to its questions', async ({ page, signIn }) => {
  const office = await signIn(people.office);
  await page.goto('/office');
  await office.press(page.getByRole('link', { name: '誤解の多い条' }));
  const table = page.getByRole('table');
  const whole = table.getByRole('row').filter({ hasText: '病院全体' });
  for (const cell of await whole.getByRole('cell').allInnerTexts()) {
    expect(cell, 'a share and a word').toMatch(/^\d+%\s*(少ない|やや多い|多い)$/);
  }
  const clause = table.getByRole('link').first();
  const number = (await clause.innerText()).trim();
  await office.press(clause);
  await expect(page.getByLabel('条', { exact: true }).locator('option:checked')).toContainText(number);
  for (const row of await page.locator('tbody .insight__about').allInnerTexts()) expect(row).toContain(number.replace('条', ''));
});

test('somebody who cannot agree writes a few words, and reads the reply', async ({ anotherDevice, faults, page, signIn, sound }) => {
  faults.expect(422);
  const nurse = await signIn(people.fresh[0]);
  await nurse.begin();
  await nurse.step();
  await nurse.fill(() => 'risky');
  await nurse.send();
  await page.getByText('この説明に納得できない').click();
  await nurse.press(page.getByRole('button', { name: '研修担当に送る' }));
  await expect(page.getByRole('alert')).toContainText('ひとことでも書いてください');
  await page.getByLabel('どこが納得できませんか').fill('夜間は広報課がいません。');
  await page.getByLabel('名前を伝えて、返事を受け取る').check();
  await nurse.press(page.getByRole('button', { name: '研修担当に送る' }));
  await expect(page.getByText('ご意見を受け取りました。ありがとうございます。')).toBeVisible();

  const desk = await anotherDevice();
  const office = await signIn(people.office, { page: desk });
  await desk.goto('/office');
  await office.press(desk.getByRole('link', { name: '納得できないという声（対応前 1件）' }));
  await office.press(desk.getByRole('main').getByRole('listitem').getByRole('heading').getByRole('link'));
  await expect(desk.getByText('夜間は広報課がいません。')).toBeVisible();
  await desk.getByLabel('返事').fill('ご指摘のとおりです。説明を直します。');
  await office.press(desk.getByRole('button', { name: '返事をして完了にする' }));
  await expect(desk.getByText('対応は終わっています。')).toBeVisible();

  await page.goto('/');
  await expect(page.getByRole('region', { name: 'お寄せいただいた声への返事' })).toContainText('説明を直します。');
  await sound();
});

test('what the answers show fits the narrowest screen, and has no Japanese left in English', async ({ page, signIn, open }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await signIn(people.office, { lang: 'en' });
  for (const path of ['/office/questions', '/office/clauses', '/office/objections', '/office/questions/m1-photo/off-day-post']) {
    await open(path);
    await fits(page);
    const said = await page.getByRole('main').innerText();
    // Professions are words of the hospital's own records.
    const own = (await page.locator('main [lang=ja]').allInnerTexts()).join('');
    const left = (said.match(/[\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff]+/gu) ?? []).filter((word) => !own.includes(word));
    expect(left, path).toEqual([]);
  }
});
