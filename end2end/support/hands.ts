import { expect, type Locator, type Page } from '@playwright/test';

/** With what a person works: what they press, tick, choose and write. */
export interface Hands {
  press(button: Locator): Promise<void>;
  tick(box: Locator): Promise<void>;
  /** Goes over words that are the label of a box nobody sees. */
  mark(label: Locator): Promise<void>;
  choose(list: Locator, value: string): Promise<void>;
  write(field: Locator, text: string): Promise<void>;
}

/** A mouse or a finger, whichever the browser has. */
export const pointer: Hands = {
  press: (button) => button.click(),
  tick: (box) => box.check(),
  // The label itself begins where its box is, which nobody sees.
  mark: (label) => label.locator('.marker__words').click(),
  choose: async (list, value) => void (await list.selectOption(value)),
  write: (field, text) => field.fill(text),
};

/** Nothing but a keyboard. Whatever is reached with it shows that it has the focus. */
export function keyboard(page: Page): Hands {
  /** Tab, until this has the focus. Radio buttons are one stop for the whole group. */
  const reach = async (wanted: Locator): Promise<void> => {
    const group = await wanted.getAttribute('name');
    const there = (): Promise<boolean> =>
      wanted.evaluate(
        (element, name) =>
          element === document.activeElement ||
          (element.matches('[type=radio]') && !!document.activeElement?.matches(`[type=radio][name="${name}"]`)),
        group,
      );
    for (let stops = 0; !(await there()); stops += 1) {
      expect(stops, 'Tab reaches everything that can be pressed').toBeLessThan(150);
      await page.keyboard.press('Tab');
    }
    const focus = await page.evaluate(() => {
      const focused = document.activeElement;
      if (!focused) return 'nothing';
      // A row of choices shows the focus around itself, for the button inside it.
      const shown = [focused, focused.closest('label')].some((each) => {
        if (!each) return false;
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(each);
        return (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2) || boxShadow !== 'none';
      });
      return shown && focused.matches(':focus-visible') ? '' : focused.outerHTML.slice(0, 160);
    });
    expect(focus, 'the focus can be seen').toBe('');
  };
  const tick = async (box: Locator): Promise<void> => {
    await reach(box);
    const among = await box.evaluate((element) =>
      element.matches('[type=radio]')
        ? [...document.querySelectorAll(`[type=radio][name="${(element as HTMLInputElement).name}"]`)].length
        : 1,
    );
    for (let rows = 0; rows < among && !(await box.isChecked()); rows += 1) {
      // Space takes the row that has the focus; an arrow goes to the next one and takes it.
      const here = await box.evaluate((element) => element === document.activeElement);
      await page.keyboard.press(here ? 'Space' : 'ArrowDown');
    }
    await expect(box).toBeChecked();
  };
  return {
    press: async (button) => {
      await reach(button);
      await page.keyboard.press('Enter');
    },
    tick,
    mark: (label) => tick(label.getByRole('checkbox')),
    choose: async (list, value) => {
      await reach(list);
      const rows = await list.locator('option').count();
      for (let row = 0; row < rows && (await list.inputValue()) !== value; row += 1) await page.keyboard.press('ArrowDown');
      await expect(list).toHaveValue(value);
    },
    write: async (field, text) => {
      await reach(field);
      await page.keyboard.insertText(text);
    },
  };
}

/**
 * Answers in some way: the first row of every group, every box, the places of cards, words in every field. How well is not
 * asked here.
 */
export async function answerSomehow(form: Locator, hands: Hands): Promise<void> {
  const groups = await form.locator('[type=radio]').evaluateAll((radios) => radios.map((radio) => radio.getAttribute('name')));
  for (const name of new Set(groups)) await hands.tick(form.locator(`[type=radio][name="${name}"]`).first());
  for (const box of await form.locator('[type=checkbox][name]').all()) {
    const marker = form.locator('.marker', { has: form.page().locator(`#${await box.getAttribute('id')}`) });
    await ((await marker.count()) > 0 ? hands.mark(marker) : hands.tick(box));
  }
  for (const [place, list] of (await form.locator('select:visible').all()).entries()) await hands.choose(list, String(place + 1));
  for (const field of await form.locator('textarea').all()) await hands.write(field, '今後の参考にします。');
  // With scripts, cards are moved by buttons, and there are no lists.
  const moves = form.locator('button[data-move]:visible');
  if ((await moves.count()) > 0) await hands.press(moves.first());
}
