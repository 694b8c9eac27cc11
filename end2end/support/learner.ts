import { expect, type Locator, type Page } from '@playwright/test';

import { course, type Grade } from './course.ts';
import { type Hands, pointer } from './hands.ts';
import { fillItem } from './items.ts';
import { type Lang, sayIn } from './words.ts';

/** How well a question is answered; the heading of its page is the question. */
export type Decide = (ask: string) => Grade;

const best: Decide = () => 'best';

/** Somebody who works through the training by what the screen says and offers. */
export class Learner {
  private readonly say: (ja: string, en: string) => string;

  constructor(
    readonly page: Page,
    private readonly lang: Lang,
    /** Looks at a page that was reached by a click: alive, and accessible. */
    private readonly sound: (page: Page) => Promise<void>,
    private readonly hands: Hands = pointer,
  ) {
    this.say = sayIn(lang);
  }

  /** What the page is about. */
  heading(): Locator {
    return this.page.getByRole('heading', { level: 1 });
  }

  /** The one card that leads on. */
  next(): Locator {
    return this.page.getByRole('link', {
      name: this.lang === 'ja' ? /^(はじめる|続きから|読んで署名する)（/ : /^(Start|Continue|Read and sign) \(/,
    });
  }

  /** Presses something and looks at the page that comes. */
  async press(button: Locator): Promise<void> {
    const arrived = this.page.waitForEvent('load');
    await this.hands.press(button);
    await arrived;
    await this.sound(this.page);
  }

  /** Signs out by the menu behind the name. */
  async signOut(): Promise<void> {
    await this.hands.press(this.page.getByRole('banner').locator('summary'));
    await this.press(this.page.getByRole('button', { name: this.say('サインアウト', 'Sign out'), exact: true }));
  }

  /** Follows the card to a module that has not begun, and begins it. */
  async begin(): Promise<void> {
    await this.press(this.next());
    await this.press(this.page.getByRole('button', { name: this.say('はじめる（', 'Start (') }));
  }

  /** Does steps until the module says that it is done. */
  async untilDone(decide: Decide = best): Promise<void> {
    // The longest module has some twenty steps, each of which may be asked again.
    for (let steps = 0; steps < 60; steps += 1) {
      if (/\/done$/.test(this.page.url())) {
        await expect(this.heading()).toHaveText(this.say('終わりました。おつかれさまでした。', 'Done. Thank you for your time.'));
        return;
      }
      await this.step(decide);
    }
    throw new Error(`The module does not end; it stands at ${this.page.url()}`);
  }

  /** Answers the step that is open and reads the explanation, up to the next step. */
  async step(decide: Decide = best): Promise<void> {
    await this.fill(decide);
    await this.send();
    if (/\/why$/.test(this.page.url())) await this.leaveWhy();
  }

  /** Sends what the step has as its form. */
  async send(): Promise<void> {
    await this.press(this.sendButton());
  }

  /** The button that answers the step. */
  sendButton(): Locator {
    const main = this.page.getByRole('main');
    return main.getByRole('button', {
      name: this.lang === 'ja' ? /^(決定|文を確かめる|書きとめて次へ|次へ|残りの\d+問に答える)$/ : /^(Answer|Check my text|Keep it and go on|Next|Answer the remaining \d+)$/,
    });
  }

  /** Goes on from an explanation: to the next step, or to the same once more. */
  async leaveWhy(): Promise<void> {
    await this.press(
      this.page.getByRole('link', { name: this.lang === 'ja' ? /^(次へ|もう一度考える)$/ : /^(Next|Think again)$/ }),
    );
  }

  /** Fills in the form of the step, whatever it asks, without sending it. */
  async fill(decide: Decide = best): Promise<void> {
    const form = this.page.locator('form.ask');
    // Looking back on a scene and the result of a test have nothing to fill in.
    if ((await form.count()) === 0) return;
    const ask = ((await this.heading().textContent()) ?? '').trim();
    if (await fillItem(form, this.lang, ask, decide(ask) === 'best', this.hands)) return;
    if ((await form.getByRole('radio').count()) > 0) await this.fillChoice(form, ask, decide);
    else if ((await form.locator('input[name=pick]').count()) > 0) await this.fillPicture(form, ask, decide);
    else if ((await form.locator('select').count()) > 0) await this.fillOrder(form, ask, decide);
    else if ((await form.getByRole('textbox').count()) > 0) await this.hands.write(form.getByRole('textbox'), this.draft());
  }

  private async fillChoice(form: Locator, ask: string, decide: Decide): Promise<void> {
    const sure = this.say('まあまあ自信がある', 'Fairly sure');
    const shown = await texts(form.locator('.choice__words'));
    const chosen = shown.includes(sure) ? sure : course.choice(this.lang, ask, shown, decide(ask));
    await this.hands.tick(
      form.locator('label', { has: this.page.getByText(chosen, { exact: true }) }).getByRole('radio'),
    );
  }

  private async fillPicture(form: Locator, ask: string, decide: Decide): Promise<void> {
    const shown = await texts(form.locator('.region__words'));
    const leaks = course.leaks(this.lang, ask, shown);
    const picked = decide(ask) === 'best' ? leaks : shown.filter((place) => !leaks.includes(place)).slice(0, 1);
    for (const place of picked) await this.hands.tick(form.getByRole('checkbox', { name: place, exact: true }));
  }

  private async fillOrder(form: Locator, ask: string, decide: Decide): Promise<void> {
    const right = course.order(this.lang, ask, await this.cards(form));
    const wanted = decide(ask) === 'best' ? right : right.toReversed();
    for (const [index, card] of wanted.entries()) {
      const box = form.getByRole('combobox', { name: card });
      if (await box.isVisible()) await this.hands.choose(box, String(index + 1));
      else await this.moveUpTo(index, card, form);
    }
  }

  /** With scripts the cards move by buttons. */
  private async moveUpTo(index: number, card: string, form: Locator): Promise<void> {
    const up = form.getByRole('button', { name: this.say(`「${card}」を上へ`, `Move “${card}” up`), exact: true });
    for (let at = (await this.cards(form)).indexOf(card); at > index; at -= 1) await this.hands.press(up);
  }

  /** The words of the cards from top to bottom. */
  async cards(form: Locator): Promise<string[]> {
    const said = await texts(form.locator('.card__words'));
    const suffix = this.say('の順番', ': place');
    return said.map((words) => (words.endsWith(suffix) ? words.slice(0, -suffix.length) : words));
  }

  /** Words that confirm that somebody was a patient, for the remarks to find. */
  draft(): string {
    return this.say(
      'ご入院中はありがとうございました。その後いかがですか。',
      'Thank you for your kind words about your stay in hospital. Please call our main number.',
    );
  }
}

async function texts(all: Locator): Promise<string[]> {
  return (await all.allTextContents()).map((text) => text.trim());
}
