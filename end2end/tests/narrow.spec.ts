import { fits } from '../support/looks.ts';
import { type Learner } from '../support/learner.ts';
import { people } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

test.use({ viewport: { width: 320, height: 640 } });

/** Every page that a step leads to fits as well. */
async function stepThatFits(nurse: Learner): Promise<void> {
  await nurse.fill();
  await nurse.send();
  await fits(nurse.page);
  if (/\/why$/.test(nurse.page.url())) await nurse.leaveWhy();
  await fits(nurse.page);
}

test('on the narrowest screen a module needs no scrolling sideways, whatever it asks', { tag: '@phone' }, async ({ page, signIn }) => {
  test.setTimeout(120_000);
  const nurse = await signIn(people.fresh[0], { hurried: true });
  await nurse.press(nurse.next());
  await fits(page);
  await nurse.press(page.getByRole('button', { name: 'はじめる（' }));
  for (let steps = 0; steps < 30 && !/\/done$/.test(page.url()); steps += 1) await stepThatFits(nurse);
  await expect(nurse.heading()).toHaveText('終わりました。おつかれさまでした。');
});

test('on the narrowest screen the papers and the settings fit, in both languages', { tag: '@phone' }, async ({ open, page, signIn }) => {
  test.setTimeout(120_000);
  await open('/sign-in');
  await fits(page);
  const nurse = await signIn(people.finished);
  for (const language of ['English', '日本語']) {
    for (const path of ['/', '/history', '/settings', '/policy/sns', '/verify']) {
      await page.goto(path);
      await fits(page);
    }
    await page.goto('/');
    await nurse.press(page.locator('a[href^="/certificates/"]').first());
    await fits(page);
    await page.getByRole('banner').locator('summary').click();
    await fits(page);
    await page.getByRole('button', { name: language, exact: true }).click();
    await expect(page.locator('html')).toHaveAttribute('lang', language === 'English' ? 'en' : 'ja');
  }
});

test('on the narrowest screen the largest text fits too', { tag: '@phone' }, async ({ page, signIn }) => {
  await signIn(people.fresh[1]);
  await page.goto('/settings');
  await page.getByRole('radio', { name: 'とても大きい' }).check();
  await page.getByRole('button', { name: '保存する' }).click();
  await expect(page.getByText('設定を保存しました。')).toBeVisible();
  for (const path of ['/', '/history', '/settings', '/policy/sns']) {
    await page.goto(path);
    await fits(page);
  }
});
