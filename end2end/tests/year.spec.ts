import { type Page } from '@playwright/test';

import { type Decide } from '../support/learner.ts';
import { password, people } from '../support/people.ts';
import { expect, test } from '../support/test.ts';
import { sayIn } from '../support/words.ts';

for (const [lang, number] of [
  ['ja', people.fresh[0]],
  ['en', people.fresh[1]],
] as const) {
  const language = lang === 'ja' ? 'Japanese' : 'English';
  // The whole year is long: without scripts in Japanese, with them on a phone in English, where it is also seen that no Japanese is left.
  const tag = lang === 'en' ? '@phone' : '@noscript';
  test(`an employee goes from sign-in to the certificate in ${language}`, { tag }, async ({ anotherDevice, page, open, signIn, sound }) => {
    test.setTimeout(600_000);
    const say = sayIn(lang);
    const head = await anotherDevice();
    await signIn(people.wardHead, { page: head });
    const before = await test.step('the head of the ward sees that she has not begun', () => team(head, number));
    expect(before.status).toBe('未着手');

    const nurse = await signIn(number, { lang });
    await expect(page.locator('.next-card')).toContainText(say('期限は', 'Due '));

    await test.step('the first module, with a bad answer to each of its points that matter', async () => {
      await nurse.begin();
      await nurse.untilDone(badAtFirst());
      await expect(page.getByText(say('5つのうち1つが終わりました。', '1 of 5 modules are done.'))).toBeVisible();
    });
    await test.step('three more modules', async () => {
      for (let module = 2; module <= 4; module += 1) {
        await nurse.begin();
        await nurse.untilDone();
      }
    });
    await test.step('the final test: only what was missed comes again, in other scenes', async () => {
      await nurse.begin();
      const first: string[] = [];
      for (let question = 1; question <= 10; question += 1) {
        first.push(await scene(page));
        await nurse.step(() => (question <= 4 ? 'harm' : 'best'));
      }
      await expect(nurse.heading()).toHaveText(say('もう少しです', 'Nearly there'));
      await expect(nurse.sendButton()).toHaveText(say('残りの4問に答える', 'Answer the remaining 4'));
      await nurse.send();
      for (let question = 1; question <= 4; question += 1) {
        expect(first).not.toContain(await scene(page));
        await nurse.step();
      }
      await expect(nurse.heading()).toHaveText(say('基準に届きました', 'You have passed'));
      await nurse.untilDone();
    });
    await test.step('the signature', async () => {
      await nurse.press(nurse.next());
      for (const statement of await page.getByRole('checkbox').all()) await statement.check();
      await nurse.press(page.getByRole('button', { name: say('署名の確認へ進む', 'Go on to the check page') }));
      await page.getByLabel(say('パスワード', 'Password')).fill(password);
      await nurse.press(page.getByRole('button', { name: say('署名する', 'Sign'), exact: true }));
      await expect(nurse.heading()).toHaveText(say('署名を受け付けました', 'Your signature is recorded'));
    });
    const paper = await test.step('the certificate', async () => {
      await nurse.press(page.getByRole('link', { name: say('修了証を見る', 'See the certificate') }));
      await expect(nurse.heading()).toHaveText(say('修了証', 'Certificate of completion'));
      const shown = await page.getByRole('article').innerText();
      const [certificate] = /\d{4}-SNS-\d{6}/.exec(shown) ?? [];
      const code = await page.getByRole('article').getByRole('code').innerText();
      return { certificate: certificate ?? '', code };
    });
    await test.step('somebody outside checks it, and learns no name', async () => {
      const stranger = await anotherDevice();
      await open('/verify', stranger);
      await stranger.getByLabel('修了証の番号').fill(paper.certificate);
      await stranger.getByLabel('照合コード').fill(paper.code);
      await stranger.getByRole('button', { name: '照合する' }).click();
      await expect(stranger.getByText('有効な修了証です。')).toBeVisible();
      await sound(stranger);
      const name = await page.locator('.certificate__name').innerText();
      await expect(stranger.getByRole('main')).not.toContainText(name.replace(/ 殿$/, ''));
    });
    await test.step('the head of the ward sees that she has finished, and the counts follow', async () => {
      const after = await team(head, number);
      expect(after).toEqual({ status: '修了', open: before.open - 1, done: before.done + 1, of: before.of });
      await sound(head);
    });
    await test.step('nothing is owed any more', async () => {
      await open('/');
      await expect(page.getByText(say('今年の研修は終わっています。', "This year's training is done."))).toBeVisible();
      await expect(page.getByText(paper.certificate)).toBeVisible();
    });
  });
}

/** Answers each question badly when it is met for the first time. */
function badAtFirst(): Decide {
  const met = new Set<string>();
  return (ask) => {
    const before = met.has(ask);
    met.add(ask);
    return before ? 'best' : 'harm';
  };
}

/** What tells two questions of the test apart: what happened, and what is asked. */
async function scene(page: Page): Promise<string> {
  return (await page.locator('.step__body').innerText()).split('\n').slice(0, 2).join(' ');
}

/** What the head of the ward sees: the status of one person, and the counts of all. */
async function team(head: Page, number: string): Promise<{ status: string; open: number; done: number; of: number }> {
  await head.goto('/team');
  const row = head.getByRole('table').getByRole('row').filter({ hasText: number });
  const status = (await row.locator('[data-status]').innerText()).trim();
  const open = Number(/未修了 (\d+)人/.exec(await head.getByRole('heading', { level: 1 }).innerText())?.[1]);
  const rate = /（(\d+) \/ (\d+)人）/.exec(await head.getByRole('region', { name: '受講率' }).innerText());
  return { status, open, done: Number(rate?.[1]), of: Number(rate?.[2]) };
}
