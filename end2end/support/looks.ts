import { expect, type Page } from '@playwright/test';

/** The page has to be scrolled in one direction only (WCAG 1.4.10). Tables may scroll in a frame of their own. */
export async function fits(page: Page): Promise<void> {
  const wide = await page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room) return [];
    const beyond = [...document.body.querySelectorAll('*')].filter((each) => each.getBoundingClientRect().right > room + 1);
    return [`${document.documentElement.scrollWidth} px of ${room}`, ...beyond.slice(0, 5).map((each) => each.outerHTML.slice(0, 160))];
  });
  expect(wide, `what does not fit the width of ${page.url()}`).toEqual([]);
}

/**
 * Whatever can be pressed is large enough to be met with a finger: 24 px (WCAG 2.5.8), buttons and whole rows 44 px. Links within
 * a sentence are as high as its lines. A box inside a label is as large as the label.
 */
export async function pressable(page: Page, button = 44): Promise<void> {
  const small = await page.evaluate((least) => {
    const all = [...document.querySelectorAll('a[href], button, summary, select, textarea, input:not([type=hidden])')];
    return all.flatMap((each) => {
      const label = each.matches('[type=radio], [type=checkbox]') ? (each as HTMLInputElement).labels?.[0] : undefined;
      const target = label ?? each;
      if (!target.checkVisibility({ visibilityProperty: true }) || target.matches('.skip-link')) return [];
      if (getComputedStyle(target).display === 'inline' && target.parentElement?.textContent !== target.textContent) return [];
      const { width, height } = target.getBoundingClientRect();
      const wanted = target.matches('button, summary, select, textarea') ? least : 24;
      return Math.min(width, height) + 0.5 < wanted ? [`${Math.round(width)}×${Math.round(height)} ${target.outerHTML.slice(0, 160)}`] : [];
    });
  }, button);
  expect(small, `what is too small to be pressed on ${page.url()}`).toEqual([]);
}

/** As for somebody who has set the letters of their browser to twice their size. */
export async function withLettersTwiceAsLarge(page: Page, look: () => Promise<void>): Promise<void> {
  await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'));
  await look();
  await page.evaluate(() => document.documentElement.style.removeProperty('font-size'));
}

/** Looks at the page as it is printed: none of what is around it, nothing to press. */
export async function asPrinted(page: Page, look: () => Promise<void>): Promise<void> {
  await page.emulateMedia({ media: 'print' });
  for (const around of ['banner', 'contentinfo', 'navigation', 'button'] as const) {
    for (const each of await page.getByRole(around).all()) {
      // What stands in the text, such as a table of contents, is printed.
      if (around === 'navigation' && (await page.getByRole('main').getByRole('navigation').count()) > 0) continue;
      await expect(each, `${around} on paper`).toBeHidden();
    }
  }
  await look();
  await page.emulateMedia({ media: null });
}

/** How many sheets the page takes on the printer. */
export async function sheets(page: Page): Promise<number> {
  const pdf = await page.pdf({ preferCSSPageSize: true });
  return pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;
}

/** What moves by itself or glides when it changes; nothing does for whoever asked for calm. */
export async function moving(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const lasts = (times: string): boolean => times.split(',').some((time) => parseFloat(time) > 0.02);
    return [...document.querySelectorAll('*')].flatMap((each) => {
      const { animationName, animationDuration, transitionDuration } = getComputedStyle(each);
      const moves = (animationName !== 'none' && lasts(animationDuration)) || lasts(transitionDuration);
      return moves ? [each.outerHTML.slice(0, 120)] : [];
    });
  });
}
