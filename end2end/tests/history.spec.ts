import { people } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

test('earlier years stay: their certificates, and what was asked and answered', async ({ open, page, signIn }) => {
  const nurse = await signIn(people.finished);
  await open('/');
  await nurse.press(page.getByRole('link', { name: 'これまでの記録を見る' }));
  const years = page.getByRole('region', { name: 'SNSの約束' });
  await expect(years).toHaveCount(3);

  const earlier = years.nth(1);
  await expect(earlier).toContainText('規程 第3版に署名');
  await earlier.getByText('そのときの問いと答え').click();
  await nurse.press(earlier.getByRole('link', { name: '確認テスト' }));
  await expect(page.getByText(/^\d{4}年度の問いと答え$/)).toBeVisible();
  const rows = page.getByRole('main').getByRole('listitem').filter({ has: page.getByRole('link') });
  expect(await rows.count()).toBeGreaterThanOrEqual(10);

  await nurse.press(rows.first().getByRole('link'));
  await expect(page.getByText('回答済み')).toBeVisible();
  await expect(page.getByText('あなたの答え')).toBeVisible();
  await expect(page.getByRole('main').getByRole('button')).toHaveCount(0);
});

test('nobody reads the answers of somebody else', async ({ anotherDevice, faults, open, page, signIn }) => {
  faults.expect(404);
  const nurse = await signIn(people.finished, { hurried: true });
  await page.goto('/history');
  await page.getByText('そのときの問いと答え').first().click();
  await nurse.press(page.getByRole('link', { name: '確認テスト' }).first());
  const { pathname } = new URL(page.url());

  for (const number of [people.fresh[0], people.wardHead, people.nursingHead]) {
    const other = await anotherDevice();
    await signIn(number, { page: other });
    expect((await open(pathname, other)).status(), number).toBe(404);
  }
});
