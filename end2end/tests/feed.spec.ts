import { type Page } from '@playwright/test';

import { fits, moving } from '../support/looks.ts';
import { type Learner } from '../support/learner.ts';
import { people } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

/** Walks through the modules, in the order of the first page, to the first step that shows this. */
async function until(nurse: Learner, shown: (page: Page) => Promise<boolean>): Promise<void> {
  const { page } = nurse;
  for (let modules = 0; modules < 20; modules += 1) {
    await nurse.begin();
    for (let steps = 0; steps < 40 && !/\/done$/.test(page.url()); steps += 1) {
      if (await shown(page)) return;
      await nurse.step();
    }
    await page.goto('/');
  }
  throw new Error('No module shows it.');
}

const hasLooks = async (page: Page): Promise<boolean> => (await page.locator('.network__feed > li > .post button.look').count()) > 0;

test('what can be looked at more closely is shown in its place, and the question stays open', async ({ page, signIn, sound }) => {
  test.setTimeout(180_000);
  const nurse = await signIn(people.fresh[0], { hurried: true });
  await until(nurse, hasLooks);
  const asked = await nurse.heading().innerText();
  const offered = await page.locator('button.look').count();
  const button = page.locator('button.look').first();
  const name = (await button.innerText()).trim();
  await expect(button).toHaveAccessibleName(new RegExp(`の投稿の.*${name.split('\n').at(-1)}$`));
  await nurse.press(button);

  await expect(page).toHaveURL(/#look-\d+$/);
  const seen = page.locator('details.seen[open]');
  await expect(seen).toHaveCount(1);
  await expect(seen.locator('summary')).toBeInViewport();
  await expect(seen.locator('.seen__tell')).toBeVisible();
  await expect(page.locator('button.look')).toHaveCount(offered - 1);
  await expect(nurse.heading()).toHaveText(asked);
  await sound();
  await fits(page);

  await nurse.press(page.getByRole('link', { name: 'もどる', exact: true }));
  await page.goBack();
  await expect(nurse.heading()).toHaveText(asked);
  await nurse.fill();
  await nurse.send();
  await expect(page).toHaveURL(/\/why$/);
});

test('every post of every network is an article with a heading and the mark of the training', async ({ page, signIn }) => {
  test.setTimeout(180_000);
  const nurse = await signIn(people.fresh[1], { hurried: true });
  await until(nurse, async (each) => (await each.locator('.device').count()) > 0);
  const posts = page.getByRole('article').filter({ has: page.locator('.post__text') });
  const count = await posts.count();
  expect(count).toBeGreaterThan(0);
  for (let at = 0; at < count; at += 1) {
    await expect(posts.nth(at)).toContainText('研修用・架空');
    await expect(posts.nth(at).locator('.post__who')).toHaveCount(1);
  }
});

test('posts that have arrived wait for whoever reads, and then take the focus', async ({ javaScriptEnabled, page, signIn, sound }) => {
  test.setTimeout(180_000);
  const nurse = await signIn(people.fresh[2], { hurried: true });
  await until(nurse, async (each) => (await each.locator('.arrived').count()) > 0);
  const line = page.locator('.arrived > summary').first();
  await expect(line).toHaveText(/^新しい.+ \d+件を表示$/);
  const first = page.locator('.arrived [data-fresh]').first();
  await expect(first).toBeHidden();
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await line.click();
  await expect(first).toBeVisible();
  if (javaScriptEnabled !== false) await expect(first).toBeFocused();
  expect(await moving(page)).toEqual([]);
  await sound();
  await fits(page);
});

test('the contact book lies on every question of a story', async ({ page, signIn, sound }) => {
  test.setTimeout(180_000);
  const nurse = await signIn(people.fresh[3], { hurried: true });
  await until(nurse, async (each) => (await each.locator('.contact-book').count()) > 0);
  await page.getByText('連絡先', { exact: true }).click();
  const book = page.locator('.contact-book');
  await expect(book.getByText('夜間の連絡先（当直師長）')).toBeVisible();
  await expect(book.locator('.contact__number').first()).toBeVisible();
  await sound();
});
