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
