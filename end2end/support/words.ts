import { expect, type Page } from '@playwright/test';

/** The languages of the screen. */
export type Lang = 'ja' | 'en';

/** Picks the words of a language: `const say = sayIn('ja'); say('次へ', 'Next')`. */
export const sayIn =
  (lang: Lang) =>
  (ja: string, en: string): string =>
    lang === 'ja' ? ja : en;

/** An English page shows no Japanese, except where it says that it does. */
export async function inEnglish(page: Page): Promise<void> {
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  const left = await page.locator('body').evaluate((body) => {
    const copy = body.cloneNode(true) as HTMLElement;
    for (const marked of copy.querySelectorAll('[lang=ja]')) marked.remove();
    return copy.textContent?.match(/[^\n.]*[\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff][^\n.]*/gu) ?? [];
  });
  expect(left, `words left in Japanese on ${page.url()}`).toEqual([]);
}
