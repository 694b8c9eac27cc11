import { type Locator, type Page } from '@playwright/test';

import { type Learner } from '../../support/learner.ts';
import { fits } from '../../support/looks.ts';
import { password, people } from '../../support/people.ts';
import { expect, test } from '../../support/test.ts';

const script = { tag: '@script' };
const clock = '壁の時計。3時12分';

const ownWords = (page: Page): Locator => page.getByRole('textbox', { name: 'あなたの文' });
const saved = (page: Page): Locator => page.getByRole('status').filter({ hasText: /^保存しました \d{1,2}:\d{2}$/ });
const notSaved = (page: Page): Locator => page.getByRole('status').filter({ hasText: /^まだ保存できていません。/ });
const waits = (page: Page): Locator => page.locator('#waits');

/** Goes on in the first module to where one writes. */
async function toOwnWords(nurse: Learner): Promise<Locator> {
  await nurse.press(nurse.next());
  const begin = nurse.page.getByRole('button', { name: 'はじめる（' });
  if ((await begin.count()) > 0) await nurse.press(begin);
  const box = ownWords(nurse.page);
  for (let steps = 0; (await box.count()) === 0 && steps < 30; steps += 1) await nurse.step();
  return box;
}

/** Begins the first module and fills in its picture. */
async function toPicture(nurse: Learner): Promise<void> {
  await nurse.begin();
  await nurse.step();
  await nurse.fill();
  await expect(nurse.page).toHaveURL(/\/3$/);
}

/** Counts the replies to an answer at this address. */
function replies(page: Page): { count: number } {
  const at = new URL(page.url()).pathname;
  const heard = { count: 0 };
  page.on('response', (response) => {
    if (response.request().method() === 'POST' && new URL(response.url()).pathname === at) heard.count += 1;
  });
  return heard;
}

/** The sheet of the answers has the picture once, with the answer. */
async function isOnceOnTheSheet(nurse: Learner, open: (path: string) => Promise<unknown>): Promise<void> {
  await open('/history');
  const year = nurse.page.getByRole('region', { name: 'SNSの約束' }).first();
  await year.getByText('そのときの問いと答え').click();
  await nurse.press(year.getByRole('link', { name: '写真に写るもの' }));
  await expect(nurse.page.getByRole('link', { name: 'この写真を出す前に、気をつける所をすべて選びます。' })).toHaveCount(1);
}

test('a late reply to an older text does not say that the newer one is saved', script, async ({ page, signIn }) => {
  const box = await toOwnWords(await signIn(people.fresh[0], { hurried: true }));
  const sent: string[] = [];
  const letGo: (() => void)[] = [];
  await page.route('**/draft', async (route) => {
    sent.push(new URLSearchParams(route.request().postData() ?? '').get('draft') ?? '');
    await new Promise<void>((resolve) => letGo.push(resolve));
    await route.continue();
  });
  await box.fill('一つめ。');
  await expect.poll(() => sent).toEqual(['一つめ。']);
  await box.fill('一つめ。二つめ。');
  // Long enough for the newer text to be sent, were it not for the older one.
  await page.waitForTimeout(2500);
  expect(sent).toHaveLength(1);
  letGo[0]?.();
  await expect.poll(() => sent).toEqual(['一つめ。', '一つめ。二つめ。']);
  await expect(saved(page)).toHaveCount(0);
  letGo[1]?.();
  await expect(saved(page)).toBeVisible();
});

test('what is typed while the network is away is saved by itself when it is back', script, async ({
  anotherDevice,
  context,
  faults,
  page,
  signIn,
  sound,
}) => {
  faults.expectAway();
  const box = await toOwnWords(await signIn(people.fresh[0], { hurried: true }));
  await box.fill('つながっているとき。');
  await expect(saved(page)).toBeVisible();
  await context.setOffline(true);
  await box.fill('つながっていないとき。');
  await expect(notSaved(page)).toBeVisible();
  await expect(saved(page)).toHaveCount(0);
  await sound();
  await fits(page);
  await context.setOffline(false);
  await expect(saved(page)).toBeVisible();
  await expect(box).toHaveValue('つながっていないとき。');

  const elsewhere = await anotherDevice();
  const again = await signIn(people.fresh[0], { page: elsewhere, hurried: true });
  await again.press(again.next());
  await expect(ownWords(elsewhere)).toHaveValue('つながっていないとき。');
});

test('what the server could not keep is tried again although nobody types', script, async ({ faults, page, signIn }) => {
  faults.expectAway();
  const box = await toOwnWords(await signIn(people.fresh[0], { hurried: true }));
  let failures = 0;
  await page.route('**/draft', async (route) => {
    failures += 1;
    await (failures < 3 ? route.abort('connectionrefused') : route.continue());
  });
  await box.fill('三度めに届きます。');
  await expect(notSaved(page)).toBeVisible();
  await expect(saved(page)).toBeVisible({ timeout: 15_000 });
  expect(failures).toBe(3);
});

test('an answer that is given while the network is away waits on its page and is sent once when it is back', script, async ({
  context,
  faults,
  open,
  page,
  signIn,
  sound,
}) => {
  faults.expectAway();
  const nurse = await signIn(people.fresh[1], { hurried: true });
  await toPicture(nurse);
  const picked = page.locator('input[name=pick]:checked');
  const filled = await picked.count();
  const heard = replies(page);
  await context.setOffline(true);
  await nurse.sendButton().click();
  await expect(waits(page)).toContainText('ネットワークが切れているか、サーバーが混み合っています。');
  await expect(waits(page)).toContainText('つながると自動で送ります。');
  // Whoever presses again asks for the same.
  await nurse.sendButton().click();
  await expect(waits(page)).toContainText('ネットワークが切れているか、サーバーが混み合っています。');
  await expect(page).toHaveURL(/\/3$/);
  await expect(picked).toHaveCount(filled);
  expect(heard.count).toBe(0);
  await sound();
  await fits(page);

  await context.setOffline(false);
  await page.waitForURL(/\/4$/);
  expect(heard.count).toBe(1);
  await nurse.step();
  await isOnceOnTheSheet(nurse, open);
});

test('an answer whose reply is lost is sent again and counts once', script, async ({ faults, open, page, signIn }) => {
  faults.expectAway();
  const nurse = await signIn(people.fresh[2], { hurried: true });
  await toPicture(nurse);
  let sent = 0;
  await page.route('**/3', async (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    sent += 1;
    if (sent > 1) return route.continue();
    await route.fetch();
    return route.abort('connectionreset');
  });
  await nurse.sendButton().click();
  await expect(waits(page)).toContainText('保存できたことを、まだ確かめられていません。');
  await page.waitForURL(/\/4$/);
  expect(sent).toBe(2);
  await nurse.step();
  await isOnceOnTheSheet(nurse, open);
});

test('a busy server is asked again, and an answer that was changed meanwhile is not sent by itself', script, async ({
  faults,
  page,
  signIn,
  sound,
}) => {
  faults.expect(503);
  const nurse = await signIn(people.fresh[3], { hurried: true });
  await toPicture(nurse);
  let sent = 0;
  await page.route('**/3', async (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    sent += 1;
    return sent === 1 ? route.fulfill({ status: 503, headers: { 'retry-after': '2' } }) : route.continue();
  });
  await nurse.sendButton().click();
  await expect(waits(page)).toContainText('ネットワークが切れているか、サーバーが混み合っています。');
  await page.getByRole('checkbox', { name: clock }).check();
  await expect(waits(page)).toContainText('答えが変わったので、自動では送りませんでした。');
  await sound();
  expect(sent).toBe(1);
  await page.getByRole('checkbox', { name: clock }).uncheck();
  await nurse.send();
  await expect(page).toHaveURL(/\/4$/);
  expect(sent).toBe(2);
});

test('own words that are sent while the network is away go as an answer and not as a draft', script, async ({
  context,
  faults,
  page,
  signIn,
}) => {
  faults.expectAway();
  const nurse = await signIn(people.fresh[0], { hurried: true });
  const box = await toOwnWords(nurse);
  const drafts: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/draft')) drafts.push(request.url());
  });
  await context.setOffline(true);
  await box.fill('ご入院中はありがとうございました。');
  await nurse.sendButton().click();
  await expect(waits(page)).toContainText('ネットワークが切れているか、サーバーが混み合っています。');
  // Longer than the box waits before it keeps what is typed.
  await page.waitForTimeout(3000);
  await context.setOffline(false);
  await expect(nurse.heading()).toHaveText('見直しの手がかり');
  await expect(page.locator('q').first()).toHaveText('ご入院中');
  expect(drafts).toEqual([]);
});

test('a signature waits on its page while the network is away, and is given when it is back', script, async ({
  context,
  faults,
  page,
  signIn,
  sound,
}) => {
  faults.expectAway();
  const nurse = await signIn(people.toSign, { hurried: true });
  await nurse.press(nurse.next());
  for (const statement of await page.getByRole('checkbox').all()) await statement.check();
  await context.setOffline(true);
  await page.getByRole('button', { name: '署名の確認へ進む' }).click();
  await expect(waits(page)).toContainText('まだ署名していません。');
  await sound();
  await fits(page);
  await context.setOffline(false);
  await expect(nurse.heading()).toHaveText('この内容で署名します');

  await page.getByLabel('パスワード').fill(password);
  await context.setOffline(true);
  await page.getByRole('button', { name: '署名する', exact: true }).click();
  await expect(waits(page)).toContainText('まだ署名していません。');
  await context.setOffline(false);
  await expect(nurse.heading()).toHaveText('署名を受け付けました');
});
