import { password, people } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

test('the sign-in page opens, in Japanese, and asks for the staff number and the password', async ({ open, page }) => {
  const response = await open('/sign-in');

  expect(response.status()).toBe(200);
  await expect(page.locator('html')).toHaveAttribute('lang', 'ja');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('サインイン');
  await expect(page.getByLabel('職員番号')).toBeVisible();
  await expect(page.getByLabel('パスワード')).toBeVisible();
});

test('one press changes the sign-in page to English, and it stays English after signing in', async ({
  open,
  page,
  signIn,
}) => {
  await signIn(people.fresh[0], { lang: 'en' });

  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('My training');
  await open('/history');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
});

test('a wrong password and a number that does not exist get the same answer, and the number is kept', async ({
  faults,
  open,
  page,
  sound,
}) => {
  faults.expect(422);
  const answers: string[] = [];
  for (const number of [people.fresh[0], '999999']) {
    await open('/sign-in');
    await page.getByLabel('職員番号').fill(number);
    await page.getByLabel('パスワード').fill('not-my-password');
    await page.getByRole('button', { name: 'サインイン', exact: true }).click();
    await sound();

    await expect(page).toHaveTitle(/^確認があります/);
    await expect(page.getByLabel('職員番号')).toHaveValue(number);
    await expect(page.getByLabel('パスワード')).toHaveValue('');
    answers.push(await page.getByRole('alert').innerText());
  }
  expect(answers[0]).toContain('職員番号とパスワードの組み合わせが確かめられませんでした');
  expect(answers[1]).toBe(answers[0]);
});

test('an empty form names both fields, and each message leads to its field', async ({ faults, open, page, sound }) => {
  faults.expect(422);
  await open('/sign-in');
  await page.getByRole('button', { name: 'サインイン', exact: true }).click();
  await sound();

  const alert = page.getByRole('alert');
  await expect(alert.getByRole('link')).toHaveText(['職員番号を入れてください', 'パスワードを入れてください']);
  await expect(alert).toBeFocused();
  await alert.getByRole('link', { name: 'パスワードを入れてください' }).click();
  await expect(page.getByLabel('パスワード')).toBeFocused();
  await expect(page.getByLabel('パスワード')).toHaveAccessibleDescription(/パスワードを入れてください/);
});

test('after several wrong passwords the next try has to wait, and the right one gets in after it', async ({
  faults,
  open,
  page,
  sound,
}) => {
  faults.expect(422, 429);
  await open('/sign-in');
  const attempt = async (given: string): Promise<void> => {
    await page.getByLabel('職員番号').fill(people.fresh[9]);
    await page.getByLabel('パスワード').fill(given);
    await page.getByRole('button', { name: 'サインイン', exact: true }).click();
  };
  // Three failures are free, the fourth costs one second, the fifth two.
  for (let tries = 0; tries < 5; tries += 1) {
    await attempt('not-my-password');
    await expect(page.getByRole('alert')).toBeVisible();
    if (tries === 3) await page.waitForTimeout(1_100);
  }
  await attempt(password);
  await expect(page.getByRole('alert')).toContainText(/何度か続けて違っていたため、\d+秒待って/);
  await sound();

  await page.waitForTimeout(2_100);
  await attempt(password);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('わたしの研修');
});

test('a page that needs a sign-in asks for it and comes back to that page', async ({ open, page, sound }) => {
  await open('/history');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('サインイン');
  await page.getByLabel('職員番号').fill(people.finished);
  await page.getByLabel('パスワード').fill(password);
  await page.getByRole('button', { name: 'サインイン', exact: true }).click();

  await expect(page.getByRole('heading', { level: 1 })).toHaveText('これまでの記録');
  await sound();
});

test('in the demo hospital one press signs in as a person of it', async ({ open, page, sound }) => {
  await open('/sign-in');
  await expect(page.getByRole('region', { name: '見本の病院の人たち' })).toContainText(password);
  const person = page.getByRole('listitem').filter({ hasText: '3病棟の看護師長' });
  await person.getByRole('button', { name: /としてサインイン$/ }).click();

  await expect(page.getByRole('link', { name: '部署の状況' })).toBeVisible();
  await sound();
});

test('signing out ends the session on the server, not only in this browser', async ({ page, signIn }) => {
  const nurse = await signIn(people.fresh[1]);
  const stolen = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  await nurse.signOut();
  await expect(nurse.heading()).toHaveText('サインアウトしました');

  const answer = await fetch(new URL('/', page.url()), { headers: { cookie: stolen }, redirect: 'manual' });
  expect(answer.status).toBe(303);
  expect(answer.headers.get('location')).toMatch(/^\/sign-in/);
});

test('on a shared PC the last person leaves nothing behind for the next one', async ({ open, page, signIn, sound }) => {
  const nurse = await signIn(people.fresh[2], { shared: true });
  const cookies = await page.context().cookies();
  expect(cookies.every(({ expires }) => expires === -1), 'cookies end with the browser').toBe(true);
  await nurse.begin();
  await nurse.step();
  const step = page.url();
  await page.getByRole('button', { name: '終了して次の人へ' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('サインイン');
  await sound();

  await expect(page.getByLabel('職員番号')).toHaveValue('');
  expect(await page.context().cookies()).toEqual([]);
  const kept = await page.context().storageState({ indexedDB: true });
  expect(kept.origins, 'nothing lies in the storage of the browser').toEqual([]);
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('サインイン');
  await open(new URL(step).pathname);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('サインイン');
});
