import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

import { type Page } from '@playwright/test';

import { fits, pressable } from '../../support/looks.ts';
import { people } from '../../support/people.ts';
import { expect, test } from '../../support/test.ts';
import { unzip } from '../../support/zip.ts';

/** Waits until the file is there: with scripts the page sees to it, without them its link does. */
async function ready(page: Page, scripts: boolean): Promise<void> {
  const done = page.getByText('できました。');
  if (scripts) return expect(done).toBeVisible({ timeout: 40_000 });
  for (const end = Date.now() + 40_000; Date.now() < end && !(await done.isVisible()); ) {
    await page.waitForTimeout(500);
    const again = page.getByRole('link', { name: '今の進み具合を見る' });
    if (await again.isVisible()) await again.click();
    else await page.reload();
  }
  await expect(done).toBeVisible();
}

async function taken(page: Page): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'ダウンロード' }).click(),
  ]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

test('the training office makes a binder, comes back to it, and hands it over', async ({ page, signIn, sound, javaScriptEnabled }) => {
  const office = await signIn(people.office);
  await office.press(page.getByRole('link', { name: '研修の管理' }));
  await office.press(page.getByRole('link', { name: /^監査用ファイル/ }));
  await expect(office.heading()).toHaveText('監査用ファイル');
  await fits(page);
  await page.getByLabel(/^来年度に向けた改善/).fill('夜勤の人に早めに案内する。');
  await office.press(page.getByRole('button', { name: '作る', exact: true }));
  await fits(page);
  // It goes on while nobody looks.
  await office.press(page.getByRole('link', { name: '監査用ファイルの一覧' }));
  await office.press(page.getByRole('table', { name: 'これまでの監査用ファイル' }).getByRole('link').first());
  await ready(page, javaScriptEnabled !== false);
  await sound();
  await pressable(page);

  const { name, bytes } = await taken(page);
  expect(name).toMatch(/^監査用ファイル_SNSの約束_2026年度_\d{8}時点\.zip$/);
  const hash = createHash('sha256').update(bytes).digest('hex');
  await expect(page.getByText(hash)).toBeVisible();
  const files = unzip(bytes);
  const sums = (files.get('SHA256SUMS') ?? Buffer.alloc(0)).toString().trimEnd().split('\n');
  expect(sums).toHaveLength(files.size - 1);
  for (const line of sums) {
    const [sum, path] = line.split(' *') as [string, string];
    expect(createHash('sha256').update(files.get(path) ?? '').digest('hex'), path).toBe(sum);
  }
  expect([...files.keys()].map((path) => path.slice(0, 2))).toEqual(expect.arrayContaining(['00', '01', '02', '03', '04', '05', '06', '07', '08', '09']));

  await page.goto('/office/binder');
  await page.getByLabel('SHA-256').fill(hash);
  await office.press(page.getByRole('button', { name: '確かめる' }));
  await expect(page.getByText('この病院が作ったファイルです。')).toBeVisible();
  await sound();
});

test('what was asked for survives that the server is started again', async ({ page, signIn, restart, javaScriptEnabled }) => {
  const office = await signIn(people.office);
  await page.goto('/office/binder');
  await office.press(page.getByRole('button', { name: '作る', exact: true }));
  const address = page.url();
  // Whoever asked has gone on to another page meanwhile.
  await page.goto('/office');
  await restart(() => undefined);
  await page.goto(address);
  await ready(page, javaScriptEnabled !== false);
});

test('an auditor makes one as of a past day, and a day to come is refused', async ({ page, signIn, sound, faults, javaScriptEnabled }) => {
  const auditor = await signIn(people.secondAuditor);
  await page.goto('/audit');
  await auditor.press(page.getByRole('link', { name: '監査用ファイル' }));
  await expect(page.getByLabel(/^来年度に向けた改善/)).toHaveCount(0);
  await page.getByLabel('いつの時点').fill('2099-01-01');
  faults.expect(422);
  await auditor.press(page.getByRole('button', { name: '作る', exact: true }));
  await expect(page.getByRole('alert')).toBeVisible();
  await page.getByLabel('いつの時点').fill('2026-03-31');
  await page.getByLabel('研修と年度').selectOption({ label: 'SNSの約束 2025年度' });
  await auditor.press(page.getByRole('button', { name: '作る', exact: true }));
  await ready(page, javaScriptEnabled !== false);
  await expect(page.getByText('2026年3月31日 24:00 時点')).toBeVisible();
  await expect(page.getByText('このファイルを削除する')).toHaveCount(0);
  await sound();
});

test('in English the pages have no Japanese left but names', async ({ open, page, signIn }) => {
  await signIn(people.office, { lang: 'en' });
  await open('/office/binder');
  await page.getByRole('button', { name: 'Make it' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Inspection binder');
  const said = await page.getByRole('main').innerText();
  expect(said.match(/[\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff]+/gu) ?? []).toEqual([]);
});
