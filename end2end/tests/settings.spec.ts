import { fits, moving } from '../support/looks.ts';
import { people } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

test('furigana stand above the kanji of the course, on every device of the person, until they are switched off', async ({
  anotherDevice,
  open,
  page,
  signIn,
  sound,
}) => {
  const nurse = await signIn(people.fresh[0]);
  await nurse.begin();
  await expect(page.locator('ruby')).toHaveCount(0);
  const plain = await nurse.heading().innerText();
  await open('/settings');
  await page.getByLabel('ふりがなを付ける').check();
  await nurse.press(page.getByRole('button', { name: '保存する' }));
  await expect(page.getByText('設定を保存しました。')).toBeVisible();

  const phone = await anotherDevice();
  const elsewhere = await signIn(people.fresh[0], { page: phone });
  await elsewhere.press(elsewhere.next());
  expect(await phone.locator('ruby').count()).toBeGreaterThan(10);
  await expect(phone.locator('ruby', { hasText: '写真' }).first()).toContainText('しゃしん');
  await expect(elsewhere.heading(), 'readings are not read out twice').toHaveAccessibleName(
    new RegExp(`^\\s*${[...plain].join('\\s*')}\\s*$`),
  );

  await phone.goto('/settings');
  await phone.getByLabel('ふりがなを付ける').uncheck();
  await phone.getByRole('button', { name: '保存する' }).click();
  await expect(phone.getByText('設定を保存しました。')).toBeVisible();
  await sound(phone);
  await phone.goto(page.url().replace(/\/settings.*/, '/'));
  await expect(phone.locator('ruby')).toHaveCount(0);
});

test('the text grows in three sizes, and the page still fits', async ({ open, page, signIn, sound }) => {
  await signIn(people.fresh[1]);
  const sizes: number[] = [];
  for (const size of ['標準', '大きい', 'とても大きい']) {
    await page.goto('/settings');
    await page.getByRole('radio', { name: size, exact: true }).check();
    await page.getByRole('button', { name: '保存する' }).click();
    await expect(page.getByText('設定を保存しました。')).toBeVisible();
    await sound();
    await open('/');
    await fits(page);
    sizes.push(await page.locator('.next-card__title').evaluate((title) => parseFloat(getComputedStyle(title).fontSize)));
  }
  expect(sizes[1]).toBeGreaterThan((sizes[0] ?? 0) * 1.1);
  expect(sizes[2]).toBeGreaterThan((sizes[0] ?? 0) * 1.3);
});

test('the language can be changed on any page, and leads back to that page', async ({ open, page, signIn }) => {
  const nurse = await signIn(people.fresh[2]);
  await open('/policy/sns');
  await page.getByRole('banner').locator('summary').click();
  await nurse.press(page.getByRole('button', { name: 'English' }));
  await expect(page).toHaveURL(/\/policy\/sns$/);
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(nurse.heading()).toHaveText('Social Media Policy');

  await page.getByRole('banner').locator('summary').click();
  await nurse.press(page.getByRole('link', { name: 'Display settings' }));
  await page.getByRole('radio', { name: '日本語' }).check();
  await nurse.press(page.getByRole('button', { name: 'Save' }));
  await expect(page).toHaveURL(/\/policy\/sns$/);
  await expect(nurse.heading()).toHaveText('SNS利用規程');
});

test('nothing moves for somebody who asked for calm, here or on the device', async ({ open, page, signIn }) => {
  const nurse = await signIn(people.fresh[3]);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  for (const path of ['/', '/settings', '/policy/sns']) {
    await open(path);
    expect(await moving(page), `asked on the device: ${path}`).toEqual([]);
  }
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  await open('/settings');
  await page.getByLabel('動きを減らす').check();
  await nurse.press(page.getByRole('button', { name: '保存する' }));
  await nurse.press(page.getByRole('link', { name: 'もとのページへもどる' }));
  expect(await moving(page), 'asked in the settings').toEqual([]);
  await nurse.begin();
  await nurse.step();
  expect(await moving(page), 'in a step').toEqual([]);
});
