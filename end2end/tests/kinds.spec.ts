import { readdirSync } from 'node:fs';

import { type Page } from '@playwright/test';

import { answerSomehow, type Hands, keyboard, pointer } from '../support/hands.ts';
import { Learner } from '../support/learner.ts';
import { fits, pressable, withLettersTwiceAsLarge } from '../support/looks.ts';
import { Server } from '../support/servers.ts';
import { kinds, small, type State, statesOf } from '../support/states.ts';
import { expect, test as base } from '../support/test.ts';
import { inEnglish, type Lang } from '../support/words.ts';

interface Tools {
  /** All states of a kind; there has to be one. */
  statesOfKind: (kind: string) => State[];
  /** Somebody in front of a question of this kind. */
  asked: (kind: string, hands?: Hands) => Promise<Learner>;
}

/** The preview shows the pages of learners as the server does, so nobody has to come that far or to sign in. */
const test = base.extend<Tools, { preview: { server: Server; states: State[] } }>({
  preview: [
    async ({}, use, worker) => {
      const server = await Server.preview(small, `preview-${worker.project.name}-${worker.parallelIndex}`);
      await use({ server, states: await statesOf(server) });
      await server.stop();
    },
    { scope: 'worker' },
  ],
  server: async ({ preview }, use) => use(preview.server),
  statesOfKind: async ({ preview }, use) => {
    await use((kind) => {
      const found = preview.states.filter((state) => state.kind === kind);
      expect(found.length, `states of “${kind}” in ${small}`).toBeGreaterThan(0);
      return found;
    });
  },
  asked: async ({ alive, page, sound, statesOfKind }, use) => {
    await use(async (kind, hands = pointer) => {
      const fresh = statesOfKind(kind).find((state) => state.fresh);
      if (!fresh) throw new Error(`Nothing of “${kind}” can be answered.`);
      await page.goto(fresh.path('ja'));
      await alive();
      return new Learner(page, 'ja', sound, hands);
    });
  },
});

// The tests share nothing but pages that nobody can change.
test.describe.configure({ mode: 'parallel' });

/** Every kind of item, and the two kinds of screens that are none. */
const all = [...kinds, 'read', 'test'];

/** What is complete as it opens: a page to read, a sentence that may be left out, and, with scripts, cards that lie in some order. */
const complete = (kind: string, scripts: boolean): boolean => ['read', 'reflect', ...(scripts ? ['order'] : [])].includes(kind);

/** Sends the answer and tells what the server says to it. */
async function sent(learner: Learner): Promise<number> {
  const answer = learner.page.waitForResponse((response) => response.request().method() === 'POST');
  await learner.send();
  return (await answer).status();
}

/** What is said to an answer that was taken: a script is told the way on, a browser is led there. */
const taken = (scripts: boolean): number => (scripts ? 204 : 303);

for (const kind of all) {
  test(`every state of “${kind}” has a heading, fits, and axe finds nothing in it`, async ({ open, page, statesOfKind }) => {
    for (const state of statesOfKind(kind)) {
      await open(state.path('ja'));
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await fits(page);
    }
  });

  test(`“${kind}” asks again when nothing was answered, and takes what was`, async ({ asked, faults, javaScriptEnabled }) => {
    faults.expect(422);
    const learner = await asked(kind);
    if (!complete(kind, javaScriptEnabled !== false)) {
      expect(await sent(learner)).toBe(422);
      await fits(learner.page);
    }
    await answerSomehow(learner.page.locator('form.ask'), pointer);
    expect(await sent(learner)).toBe(taken(javaScriptEnabled !== false));
  });

  test(`“${kind}” is answered with the keyboard alone`, { tag: ['@keyboard', '@script'] }, async ({ asked, page }) => {
    const hands = keyboard(page);
    const learner = await asked(kind, hands);
    await answerSomehow(page.locator('form.ask'), hands);
    expect(await sent(learner)).toBe(taken(true));
  });
}

test.describe('on the narrowest phone', { tag: '@phone' }, () => {
  test.use({ viewport: { width: 320, height: 640 }, deviceScaleFactor: 1 });

  /** What has to hold of every page on it. */
  async function holds(page: Page, picture?: string): Promise<void> {
    await fits(page);
    await pressable(page);
    if (picture !== undefined) await expect(page).toHaveScreenshot(`${picture}.png`, { fullPage: true });
    // With room for twice the width, letters twice as large fit as well.
    await page.setViewportSize({ width: 640, height: 640 });
    await withLettersTwiceAsLarge(page, () => fits(page));
    await page.setViewportSize({ width: 320, height: 640 });
  }

  const picture = (state: State, lang: Lang): string | undefined => {
    if (lang === 'en') return state.fresh && state.name === 'asked' ? `${state.kind}-asked-en` : undefined;
    return state.pictured ? `${state.kind}-${state.name}` : undefined;
  };

  for (const kind of all) {
    test(`every state of “${kind}” looks as it did, in both languages and with readings`, async ({ alive, page, statesOfKind }) => {
      for (const state of statesOfKind(kind)) {
        if (state.fresh) {
          await page.goto(state.path('ja-easy'));
          await alive();
          await holds(page);
        }
        // What stands between the first question of a story and its end is looked at in one language.
        for (const lang of state.pictured ? (['ja', 'en'] as const) : (['ja'] as const)) {
          await page.goto(state.path(lang));
          await alive();
          await holds(page, picture(state, lang));
          if (lang === 'en' && state.fresh) await inEnglish(page);
        }
      }
    });

    if (complete(kind, true)) continue;
    test(`“${kind}” without an answer looks as it did`, async ({ asked, faults, page }) => {
      faults.expect(422);
      await sent(await asked(kind));
      await holds(page, `${kind}-refused`);
    });
  }

  test('every picture is one of a state that there is', async ({ preview }) => {
    const known = preview.states.flatMap((state) => [picture(state, 'ja'), picture(state, 'en'), `${state.kind}-refused`]);
    const left = readdirSync(`${import.meta.filename}-snapshots`).filter((file) => !known.includes(file.replace(/\.png$/, '')));
    expect(left).toEqual([]);
  });
});
