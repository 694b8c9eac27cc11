import { deflateRawSync } from 'node:zlib';

import type { Page } from '@playwright/test';

import { asPrinted, fits, sheets } from '../support/looks.ts';
import { people } from '../support/people.ts';
import { expect, test, type Tools } from '../support/test.ts';

/** The proof of the certificate of somebody who has finished, as its owner saves it. */
async function proofOf(page: Page, signIn: Tools['signIn']): Promise<string> {
  const nurse = await signIn(people.finished, { hurried: true });
  await nurse.press(page.getByRole('link', { name: '修了証を見る' }).first());
  const address = await page.getByRole('link', { name: '証明ファイル' }).getAttribute('href');
  const answer = await page.request.get(address!);
  expect(answer.headers()['content-disposition']).toContain('.tlog-proof');
  return answer.text();
}

test('the certificate names the person, the course, the day and the policy', async ({ page, signIn }) => {
  const nurse = await signIn(people.finished);
  const name = await page.locator('.home__name').innerText();
  await nurse.press(page.getByRole('link', { name: '修了証を見る' }).first());

  const paper = page.getByRole('article');
  await expect(paper.getByRole('heading', { level: 1 })).toHaveText('修了証');
  await expect(paper).toContainText(name.replace(/ さん$/, ' 殿'));
  await expect(paper).toContainText(`職員番号 ${people.finished}`);
  await expect(paper).toContainText(/第 \d{4}-SNS-\d{6} 号/);
  await expect(paper).toContainText('SNSの約束');
  await expect(paper).toContainText('SNS利用規程 第4版');
  await expect(paper).toContainText(/修了日\s*\d{4}年\d{1,2}月\d{1,2}日/);
  await expect(paper.getByRole('img', { name: '照合ページを開くQRコード' })).toBeVisible();
});

test('it prints on one sheet of A4, without anything around it', async ({ page, signIn }) => {
  const nurse = await signIn(people.finished, { hurried: true });
  await nurse.press(page.getByRole('link', { name: '修了証を見る' }).first());

  await asPrinted(page, async () => {
    await expect(page.getByRole('article')).toBeVisible();
    await expect(page.getByRole('link', { name: 'わたしの研修' })).toBeHidden();
    expect(await sheets(page)).toBe(1);
  });
});

test('somebody else finds no certificate at its address, and the training office does', async ({
  anotherDevice,
  faults,
  open,
  page,
  signIn,
}) => {
  faults.expect(404);
  const nurse = await signIn(people.finished, { hurried: true });
  await nurse.press(page.getByRole('link', { name: '修了証を見る' }).first());
  const { pathname } = new URL(page.url());

  const other = await anotherDevice();
  await signIn(people.fresh[0], { page: other });
  expect((await open(pathname, other)).status()).toBe(404);
  const office = await anotherDevice();
  await signIn(people.office, { page: office });
  expect((await open(pathname, office)).status()).toBe(200);
});

test('the public check knows number and code, tells no name, and takes nothing but both', async ({
  anotherDevice,
  faults,
  open,
  page,
  signIn,
  sound,
}) => {
  faults.expect(422);
  const nurse = await signIn(people.finished, { hurried: true });
  const name = (await page.locator('.home__name').innerText()).replace(/ さん$/, '');
  await nurse.press(page.getByRole('link', { name: '修了証を見る' }).first());
  const code = await page.getByRole('article').getByRole('code').innerText();
  const number = new URL(page.url()).pathname.replace('/certificates/', '');

  const stranger = await anotherDevice();
  const check = async (givenNumber: string, givenCode: string): Promise<void> => {
    await open('/verify', stranger);
    await stranger.getByLabel('修了証の番号').fill(givenNumber);
    await stranger.getByLabel('照合コード').fill(givenCode);
    await stranger.getByRole('button', { name: '照合する' }).click();
  };
  const main = stranger.getByRole('main');
  await check(number, code);
  await expect(main).toContainText('有効な修了証です。');
  await expect(main).not.toContainText(name);
  await sound(stranger);

  await check(` ${number.toLowerCase()} `, code.toLowerCase().replaceAll('-', ' '));
  await expect(main, 'however it is typed').toContainText('有効な修了証です。');
  await check(number, 'AAAA-AAAA-AAAA');
  await expect(main).toContainText('この番号とコードの修了証は見つかりませんでした。');
  await sound(stranger);
  await check('', '');
  await expect(stranger.getByRole('alert').getByRole('link')).toHaveText([
    '修了証の番号を入れてください',
    '照合コードを入れてください',
  ]);
  await sound(stranger);
});

test('a certificate proves itself to anybody who has its file', async ({
  anotherDevice,
  javaScriptEnabled,
  open,
  page,
  signIn,
  sound,
}) => {
  const text = await proofOf(page, signIn);
  const stranger = await anotherDevice();
  await open('/verify', stranger);
  await stranger.getByRole('link', { name: '証明ファイル（.tlog-proof）で確かめる' }).click();
  await sound(stranger);
  await stranger.getByLabel('証明ファイルの中身').fill(text);
  await stranger.getByRole('button', { name: '確かめる' }).click();
  const result = stranger.locator('[data-result]');
  await expect(result).toContainText('この修了は、病院が署名した記録にあります。');
  await expect(result).toContainText(/修了証の番号\s*\d{4}-SNS-\d{6}/);
  await expect(result).toContainText(/修了を記録した日時\s*\d{4}年\d{1,2}月\d{1,2}日/);
  await sound(stranger);
  await fits(stranger);

  await stranger.getByLabel('証明ファイルの中身').fill(text.replace('index ', 'index 1'));
  await stranger.getByRole('button', { name: '確かめる' }).click();
  await expect(result).toContainText('確かめられませんでした。');

  const file = { name: 'mine.tlog-proof', mimeType: 'text/plain', buffer: Buffer.from(text) };
  await stranger.getByLabel('証明ファイルを選ぶ').setInputFiles(file);
  if (javaScriptEnabled === false) await stranger.getByRole('button', { name: '確かめる' }).click();
  await expect(result).toContainText('この修了は、病院が署名した記録にあります。');
});

test('the browser checks a proof by itself, without a network', { tag: '@script' }, async ({ anotherDevice, open, page, signIn }) => {
  const text = await proofOf(page, signIn);
  const stranger = await anotherDevice();
  await open('/verify/proof', stranger);
  await stranger.locator('[data-live]').waitFor({ state: 'attached' });
  await stranger.context().setOffline(true);
  const result = stranger.locator('[data-result]');
  const file = { name: 'mine.tlog-proof', mimeType: 'text/plain', buffer: Buffer.from(text) };
  await stranger.getByLabel('証明ファイルを選ぶ').setInputFiles(file);
  await expect(result).toContainText('この修了は、病院が署名した記録にあります。');
  const extra = JSON.parse(Buffer.from(/^extra (.*)$/m.exec(text)![1]!, 'base64').toString()) as Record<string, string>;
  const other = Buffer.from(JSON.stringify({ ...extra, name: '別の 人' })).toString('base64');
  await stranger.getByLabel('証明ファイルの中身').fill(text.replace(/^extra .*$/m, `extra ${other}`));
  await stranger.getByRole('button', { name: '確かめる' }).click();
  await expect(result).toContainText('氏名か照合コードが、記録されたものと違います。');
  await stranger.context().setOffline(false);

  // What the code on paper leads to: the proof stands behind the # and never leaves the browser.
  const packed = deflateRawSync(Buffer.from(text)).toString('base64url');
  const asked: string[] = [];
  stranger.on('request', (request) => asked.push(request.url()));
  await open('/', stranger);
  await open(`/verify/proof#${packed}`, stranger);
  await expect(result).toContainText('この修了は、病院が署名した記録にあります。');
  expect(asked.filter((url) => url.includes(packed.slice(0, 20)) && !url.includes('#'))).toEqual([]);
});
