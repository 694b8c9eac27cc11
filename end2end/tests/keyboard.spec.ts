import { keyboard } from '../support/hands.ts';
import { people } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

test('the first Tab on a page offers the way past its head', { tag: '@keyboard' }, async ({ page, open, signIn }) => {
  await signIn(people.fresh[1]);
  await open('/policy/sns');
  await page.keyboard.press('Tab');
  const past = page.getByRole('link', { name: '本文へ' });
  await expect(past).toBeFocused();
  await expect(past).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
});

test(
  'a whole module is done with the keyboard alone: the drawing, the order, the scenes and the own words',
  { tag: '@keyboard' },
  async ({ page, signIn }) => {
    test.setTimeout(180_000);
    const nurse = await signIn(people.fresh[0], { hands: keyboard(page) });
    await nurse.begin();
    await nurse.untilDone();
    await expect(page.getByText('5つのうち1つが終わりました。')).toBeVisible();
    await nurse.signOut();
    await expect(nurse.heading()).toHaveText('サインアウトしました');
  },
);
