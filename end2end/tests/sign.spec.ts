import { password, people } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

test('the policy tells what has changed since the last signature, with every clause to read', async ({ page, signIn }) => {
  const nurse = await signIn(people.toSign);
  await expect(page.locator('.next-card')).toContainText('最後の一つ');
  await nurse.press(nurse.next());

  await expect(nurse.heading()).toHaveText('SNS利用規程');
  const changes = page.getByRole('region', { name: '前回からの変更' });
  await expect(changes).toContainText('第3版に署名しています');
  await expect(changes.getByRole('listitem')).toHaveCount(6);
  await expect(page.getByRole('heading', { name: /^第\d+条/ })).toHaveCount(14);
});

test('without a tick at every statement nothing is signed, and the ticks that were made stay', async ({
  faults,
  page,
  signIn,
  sound,
}) => {
  faults.expect(422);
  const nurse = await signIn(people.toSign, { hurried: true });
  await nurse.press(nurse.next());
  await page.getByRole('checkbox', { name: '私は、14の約束の内容を理解しました。' }).check();
  await page.getByRole('button', { name: '署名の確認へ進む' }).click();

  const alert = page.getByRole('alert');
  await expect(alert).toContainText('すべての項目を確かめて、印を付けてください');
  await expect(page.getByRole('checkbox', { name: '私は、14の約束の内容を理解しました。' })).toBeChecked();
  await alert.getByRole('link').click();
  await expect(page.getByRole('checkbox', { name: '私は、SNS利用規程 第4版を読みました。' })).toBeFocused();
  await sound();
});

test('a wrong password signs nothing; the right one signs once and for all', async ({ faults, open, page, signIn, sound }) => {
  faults.expect(422);
  const nurse = await signIn(people.toSign, { hurried: true });
  await nurse.press(nurse.next());
  const policy = new URL(page.url()).pathname;
  for (const statement of await page.getByRole('checkbox').all()) await statement.check();
  await nurse.press(page.getByRole('button', { name: '署名の確認へ進む' }));
  const check = page.url().replace(new URL(page.url()).origin, '');
  await expect(page.getByRole('main')).toContainText(`職員番号 ${people.toSign}`);
  await expect(page.getByRole('main').getByRole('listitem')).toHaveCount(4);

  await page.getByLabel('パスワード').fill('not-my-password');
  await page.getByRole('button', { name: '署名する', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText('パスワードが違っています。署名はまだされていません');
  await sound();
  await open(`${policy}/done`);
  expect(new URL(page.url()).pathname, 'nothing is signed yet').toBe(policy);

  await open(`${policy}/check`);
  expect(new URL(page.url()).pathname, 'nobody comes to the signature without the ticks').toBe(policy);
  await open(check);
  await page.getByLabel('パスワード').fill(password);
  await page.getByRole('button', { name: '署名する', exact: true }).dblclick();
  await expect(nurse.heading()).toHaveText('署名を受け付けました');
  await sound();
  const number = await page.getByText(/^修了証 第\d{4}-SNS-\d{6}号$/).innerText();
  await open(policy);
  await expect(page.getByText(number), 'signing again shows the same proof').toBeVisible();
});
