import { asPrinted, sheets } from '../support/looks.ts';
import { people } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

test('the policy has fourteen clauses, and the table of contents leads to each', async ({ open, page, signIn }) => {
  await signIn(people.fresh[0]);
  await open('/policy/sns');

  const contents = page.getByRole('navigation', { name: '目次' });
  await expect(contents.getByRole('link')).toHaveCount(14);
  for (let clause = 1; clause <= 14; clause += 1) {
    await expect(contents.locator(`[href="#C${clause}"]`)).toContainText(`第${clause}条`);
    await expect(page.locator(`#C${clause}`)).toContainText(`第${clause}条`);
  }
  await contents.getByRole('link', { name: '第13条' }).click();
  await expect(page).toHaveURL(/#C13$/);
  await expect(page.locator('#C13')).toBeInViewport();
});

test('in English it says that the Japanese text is the binding one', async ({ open, page, signIn }) => {
  await signIn(people.fresh[1], { lang: 'en' });
  await open('/policy/sns');

  await expect(page.getByRole('main')).toContainText('The Japanese text is the binding one.');
  await expect(page.getByRole('heading', { name: /^Article \d+/ })).toHaveCount(14);
});

test('it prints as a document, without anything around it', async ({ open, page, signIn }) => {
  await signIn(people.fresh[0]);
  await open('/policy/sns');

  await asPrinted(page, async () => {
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.locator('#C14')).toBeVisible();
    const pages = await sheets(page);
    expect(pages).toBeGreaterThanOrEqual(3);
    expect(pages).toBeLessThanOrEqual(8);
  });
});
