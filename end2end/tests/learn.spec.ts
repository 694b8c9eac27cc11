import { people } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

const picture = 'この写真を出す前に、気をつける所をすべて選びます。';

test('somebody who leaves in the middle stands at the same step on another device', async ({
  anotherDevice,
  page,
  signIn,
  sound,
}) => {
  const nurse = await signIn(people.fresh[0]);
  await nurse.begin();
  await nurse.step();
  await nurse.step();
  const open = page.url();
  const asked = await nurse.heading().innerText();
  await page.goto('/');
  await nurse.signOut();

  const phone = await anotherDevice();
  const later = await signIn(people.fresh[0], { page: phone });
  await expect(phone.locator('.next-card')).toContainText('途中の研修');
  await later.press(later.next());
  await expect(later.heading()).toHaveText(asked);
  expect(phone.url()).toBe(open);
  await later.press(phone.getByRole('link', { name: 'もどる', exact: true }));
  await expect(phone.getByText('回答済み')).toBeVisible();
  await sound(phone);
});

test('a double click answers once, and the answer is on the sheet once', async ({ open, page, signIn, sound }) => {
  const nurse = await signIn(people.fresh[1]);
  await nurse.begin();
  await nurse.step();
  await nurse.fill();
  await nurse.sendButton().dblclick();
  // How sure one is, is asked before it is told how it went.
  await page.waitForURL(/\/4$/);
  await nurse.fill();
  await nurse.send();
  await page.waitForURL(/\/3\/why$/);
  await sound();
  await expect(nurse.heading()).toHaveText('最もよい');

  await open('/history');
  const year = page.getByRole('region', { name: 'SNSの約束' }).first();
  await year.getByText('そのときの問いと答え').click();
  await nurse.press(year.getByRole('link', { name: '写真に写るもの' }));
  await expect(page.getByRole('link', { name: picture })).toHaveCount(1);
});

test('the back button shows the answer that was given, with nothing to press but the way on', async ({
  page,
  signIn,
  sound,
}) => {
  const nurse = await signIn(people.fresh[2]);
  await nurse.begin();
  await nurse.step();
  await nurse.fill();
  await nurse.send();
  await page.goBack();
  await sound();

  await expect(nurse.heading()).toHaveText(picture);
  await expect(page.getByText('回答済み')).toBeVisible();
  await expect(page.getByText('あなたの答え').first()).toBeVisible();
  await expect(page.getByRole('main').getByRole('button')).toHaveCount(0);
  await expect(page.getByRole('checkbox')).toHaveCount(0);
  await nurse.press(page.getByRole('link', { name: '解説を見る' }));
  await expect(page).toHaveURL(/\/4$/);
  await nurse.step();
  await expect(page).toHaveURL(/\/5$/);
});

test('another answer from a second tab changes nothing and leads to the step that is open', async ({
  faults,
  page,
  signIn,
  sound,
}) => {
  faults.expect(409);
  const nurse = await signIn(people.fresh[3]);
  await nurse.begin();
  await nurse.step();
  const tab = await page.context().newPage();
  await tab.goto(page.url());
  await sound(tab);
  await tab.getByRole('checkbox', { name: '壁の時計。3時12分' }).check();
  await nurse.step();

  await tab.getByRole('button', { name: '決定' }).click();
  await expect(tab.getByRole('heading', { level: 1 })).toHaveText('別の画面で先に進んでいます');
  await sound(tab);
  await tab.getByRole('link', { name: '続きへ進む' }).click();
  await expect(tab).toHaveURL(/\/3$/);
  await expect(tab.getByText('回答済み')).toBeVisible();
  const clock = tab.getByRole('listitem').filter({ hasText: '壁の時計' });
  await expect(clock.getByText('あなたの答え')).toHaveCount(0);
});

test('a bad answer to a point that matters is explained without blame and asked again', async ({ page, signIn }) => {
  const nurse = await signIn(people.fresh[4]);
  await nurse.begin();
  await nurse.step();
  await nurse.fill(() => 'harm');
  await nurse.send();
  await expect(nurse.heading()).toHaveText('注意が必要');
  await expect(page.getByRole('heading', { name: '見つけた所 0 / 6' })).toBeVisible();
  await expect(page.getByText('大事なところなので、次の画面でもう一度考えます。')).toBeVisible();
  await expect(page.getByRole('heading', { name: '迷ったら' })).toBeVisible();

  await nurse.leaveWhy();
  await expect(nurse.heading()).toHaveText(picture);
  await nurse.fill();
  await nurse.send();
  await nurse.fill();
  await nurse.send();
  await expect(nurse.heading()).toHaveText('最もよい');
  await expect(page.getByText('まあまあ自信がある')).toBeVisible();
  await expect(page.getByRole('heading', { name: '見つけた所 6 / 6' })).toBeVisible();
});

test('thinking again is free: the answer that was just given can be taken back', async ({ page, signIn }) => {
  const nurse = await signIn(people.fresh[5], { hurried: true });
  await nurse.begin();
  await nurse.step();
  await nurse.step();
  await nurse.step();
  await nurse.fill(() => 'risky');
  await nurse.send();
  await expect(nurse.heading()).toHaveText('注意が必要');
  await expect(page.getByRole('heading', { name: '最もよい' })).toBeVisible();
  await nurse.press(page.getByRole('button', { name: 'もう一度考える' }));
  await expect(nurse.heading()).toHaveText('この投稿を見て、どうしますか。');
  await nurse.fill();
  await nurse.send();
  await expect(nurse.heading()).toHaveText('最もよい');
});

test('a form that is sent empty comes back and says what is missing', async ({ faults, page, signIn, sound }) => {
  faults.expect(422);
  const nurse = await signIn(people.fresh[6]);
  await nurse.begin();
  await nurse.step();
  await nurse.send();
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('気になる所を一つ以上選んでください');
  await expect(alert).toBeFocused();
  await alert.getByRole('link').click();
  await expect(page.getByRole('checkbox', { name: '左の壁の白い板' })).toBeFocused();
  await nurse.step();
  await nurse.send();
  await expect(alert).toContainText('一つ選んでください');
  await sound();
});

test('an address that lies ahead leads to the step that is open, and nobody opens the training of somebody else', async ({
  faults,
  open,
  page,
  signIn,
}) => {
  faults.expect(404);
  const nurse = await signIn(people.fresh[7]);
  await nurse.begin();
  const base = new URL(page.url()).pathname.replace(/\/2$/, '');
  for (const ahead of ['3', '9', '3/why', 'done']) {
    await open(`${base}/${ahead}`);
    expect(new URL(page.url()).pathname).toBe(`${base}/2`);
  }
  await open(`${base.replace('m1-photo', 'sign')}`);
  expect(new URL(page.url()).pathname).toBe('/');

  await nurse.signOut();
  await signIn(people.fresh[8]);
  for (const path of [base, `${base}/1`, `${base}/1/why`, `${base}/pause`, `${base}/done`, base.replace('m1-photo', 'sign')]) {
    expect((await open(path)).status(), path).toBe(404);
  }
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('ページが見つかりません');
});

test('the night that concerns a life can be left at any moment, to a page that does not tell what it was', async ({
  open,
  page,
  signIn,
}) => {
  const nurse = await signIn(people.fresh[8]);
  await nurse.press(page.getByRole('link', { name: '夜に届いた声' }));
  await expect(page.getByRole('heading', { name: 'はじめる前に' })).toBeVisible();
  await expect(page.getByRole('main')).toContainText('方法の描写はありません。');
  await expect(page.getByRole('main')).toContainText('0120-279-338');
  await nurse.press(page.getByRole('button', { name: 'はじめる（' }));
  await nurse.step();
  await expect(page.getByText('午後11時4分').first()).toBeVisible();
  await nurse.step();
  await expect(page.getByText('午後11時7分').first()).toBeVisible();
  await page.getByText('ここまでにしたこと').click();
  await expect(page.getByRole('main').getByRole('listitem').filter({ hasText: '当直師長' }).first()).toBeVisible();

  const step = page.url();
  await nurse.press(page.getByRole('link', { name: '一時停止して離れる' }));
  await expect(nurse.heading()).toHaveText('ひと休みします');
  await expect(page).toHaveTitle(/^ひと休み/);
  await expect(page.getByRole('main')).not.toContainText('夜に届いた声');
  await nurse.press(page.getByRole('link', { name: '続きへもどる' }));
  expect(page.url()).toBe(step);
  await open('/');
  await expect(page.locator('.next-card')).toContainText('途中の研修');
});

test('own words are quoted in the remarks, never marked, and kept while they are written', async ({
  anotherDevice,
  javaScriptEnabled,
  page,
  signIn,
}) => {
  const nurse = await signIn(people.fresh[9], { hurried: true });
  await nurse.begin();
  const box = page.getByRole('textbox', { name: 'あなたの文' });
  for (let steps = 0; (await box.count()) === 0 && steps < 30; steps += 1) await nurse.step();
  await box.fill('ご入院中はありがとうございました。');
  if (javaScriptEnabled !== false) {
    await expect(page.getByRole('status').filter({ hasText: /^保存しました \d{1,2}:\d{2}$/ })).toBeVisible();
    const elsewhere = await anotherDevice();
    const again = await signIn(people.fresh[9], { page: elsewhere, hurried: true });
    await again.press(again.next());
    await expect(elsewhere.getByRole('textbox', { name: 'あなたの文' })).toHaveValue('ご入院中はありがとうございました。');
  }
  await nurse.send();

  await expect(nurse.heading()).toHaveText('見直しの手がかり');
  await expect(page.getByRole('main')).toContainText('入院していたことを、病院が認める文になります。');
  await expect(page.locator('q').first()).toHaveText('ご入院中');
  await expect(page.locator('.verdict')).toHaveCount(0);
});

test('the drawing can be looked at closely with buttons, and what is picked is counted', { tag: '@script' }, async ({
  page,
  signIn,
  sound,
}) => {
  const nurse = await signIn(people.fresh[8], { hurried: true });
  await nurse.press(page.getByRole('link', { name: '写真に写るもの' }));
  await nurse.press(page.getByRole('button', { name: 'はじめる（' }));
  await nurse.step();
  const drawing = page.locator('.picture__drawing');
  const before = (await drawing.boundingBox())?.width ?? 0;
  await page.getByRole('button', { name: '拡大' }).click();
  await expect.poll(async () => (await drawing.boundingBox())?.width ?? 0).toBeGreaterThan(before * 1.3);
  await page.getByRole('checkbox', { name: '壁の時計' }).check();
  await expect(page.getByText('選んだ数 1')).toBeVisible();
  await page.getByRole('button', { name: '縮小' }).click();
  await expect.poll(async () => (await drawing.boundingBox())?.width ?? 0).toBeLessThan(before * 1.1);
  await page.getByRole('checkbox', { name: 'リストで答える' }).check();
  await sound();
  await page.getByRole('checkbox', { name: '左の壁の白い板' }).check();
  await page.getByRole('checkbox', { name: 'リストで答える' }).uncheck();
  await expect(page.getByText('選んだ数 2')).toBeVisible();
});
