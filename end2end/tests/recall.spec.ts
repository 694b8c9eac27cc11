import { people } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

test('a card waits on the first page, can be put off or answered, and is explained', async ({ faults, open, page, signIn, sound }) => {
  faults.expect(422);
  const nurse = await signIn(people.finished);
  const waiting = page.getByRole('link', { name: /思い出しカードが1枚あります/ });
  await nurse.press(waiting);
  await expect(page).toHaveURL(/\/recall$/);
  await expect(page.getByText('所属長には見えません')).toBeVisible();
  await expect(page.getByRole('button', { name: 'きょうはやめておく' })).toBeVisible();
  const question = await nurse.heading().innerText();

  await page.getByRole('button', { name: '決定' }).click();
  await expect(page.getByRole('alert')).toContainText('一つ選んでください');
  await sound();
  await page.getByRole('radio').first().check();
  await nurse.press(page.getByRole('button', { name: '決定' }));
  await expect(page.getByText('あなたの答え')).toBeVisible();
  await expect(page.getByRole('main')).toContainText(question);
  const explanation = page.url();

  await nurse.press(page.getByRole('link', { name: 'わたしの研修へ' }));
  await expect(waiting).toHaveCount(0);
  await open('/recall');
  await expect(page.getByText('いまは、思い出しカードはありません。')).toBeVisible();
  await page.goto(explanation);
  await expect(page.getByText('あなたの答え')).toBeVisible();
});
