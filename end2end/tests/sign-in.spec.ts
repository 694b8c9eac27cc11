import { expect, test } from '../support/test.ts';

test('the sign-in page opens, in Japanese, and asks for the staff number and the password', async ({ open, page }) => {
  const response = await open('/sign-in');

  expect(response.status()).toBe(200);
  await expect(page.locator('html')).toHaveAttribute('lang', 'ja');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByLabel('職員番号')).toBeVisible();
  await expect(page.getByLabel('パスワード')).toBeVisible();
});
