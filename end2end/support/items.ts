import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { expect, type Locator } from '@playwright/test';
import { parse, type TomlTable } from 'smol-toml';

import { type Hands } from './hands.ts';
import { type Lang, sayIn } from './words.ts';

/** The kinds of items that ask more than one choice or ask it in a form of their own. */
const kinds = [
  'spot-list',
  'audience',
  'mark-text',
  'triage',
  'sort',
  'redact',
  'mosaic',
  'contact',
  'lookup',
  'reflect',
  'checklist',
] as const;
type Kind = (typeof kinds)[number];

/** The acts of rows, as the screen calls them. */
const acts: Record<string, [string, string]> = {
  nothing: ['何もしない', 'Do nothing'],
  consult: ['相談する', 'Ask somebody'],
  report: ['報告する', 'Report it'],
  reply: ['返信する', 'Reply'],
  'keep-report': ['保存して報告する', 'Save it and report it'],
  keep: ['そのまま', 'Leave as it is'],
  soft: ['言いかえる', 'Say it differently'],
  cut: ['消す', 'Take it out'],
  post: ['出す', 'Post it'],
  consent: ['本人の同意をもらってから出す', 'Post it once the person has agreed'],
  drop: ['出さない', 'Do not post it'],
  phone: ['電話で', 'By telephone'],
  'in-person': ['会って', 'In person'],
  chat: ['仕事の連絡の道具で', 'By the messaging tool for work'],
  mail: ['メールで', 'By e-mail'],
  public: ['だれでも読める場所に書いて', 'In a place that anybody can read'],
};

/** An item with its answers, read from the file that the program is built from. */
class Item {
  readonly kind: Kind;

  constructor(
    private readonly table: TomlTable,
    private readonly english: TomlTable,
  ) {
    this.kind = table['kind'] as Kind;
  }

  said(lang: Lang, of: TomlTable, ...key: string[]): string {
    const translated = this.english[key.join('.')] as { en?: string } | undefined;
    const ja = String(of[key.at(-1) ?? '']);
    return lang === 'en' ? (translated?.en ?? ja) : ja;
  }

  ask(lang: Lang): string {
    return this.said(lang, this.table, 'ask');
  }

  all(name: string): TomlTable[] {
    const value = this.table[name];
    return Array.isArray(value) ? value.filter((each): each is TomlTable => typeof each === 'object') : [];
  }

  one(name: string): TomlTable | undefined {
    const value = this.table[name];
    return typeof value === 'object' && !Array.isArray(value) ? (value as TomlTable) : undefined;
  }

  value(name: string): string {
    return String(this.table[name]);
  }

  text(lang: Lang, piece: TomlTable): string {
    return this.said(lang, piece, String(piece['id']), 'text');
  }
}

const catalog = fileURLToPath(new URL('../../courses/catalog', import.meta.url));
const read = (file: string): TomlTable => (existsSync(file) ? parse(readFileSync(file, 'utf8')) : {});

const items: Item[] = readdirSync(catalog, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.toml') && !entry.name.endsWith('.en.toml'))
  .map((entry) => join(entry.parentPath, entry.name))
  .map((file) => new Item(read(file), read(file.replace(/\.toml$/, '.en.toml'))))
  .filter((item) => kinds.includes(item.kind));

const contacts = new Item(read(join(catalog, 'contacts.toml')), read(join(catalog, 'contacts.en.toml')));

/** What each form of a kind has and no other. */
const signs: Record<Kind, string> = {
  'spot-list': '.choice--check',
  audience: '.choice--check',
  'mark-text': '.marker-text',
  triage: '.triage',
  sort: '.sort',
  redact: '.parts',
  mosaic: '.mosaic',
  contact: '.whom',
  lookup: '.entry--clause',
  reflect: 'textarea',
  checklist: '.point__text',
};

/**
 * Fills in the form of an item of these kinds, in the best way or in another, and says whether it was one. An item is found
 * as a person would find it, by the words on the screen.
 */
export async function fillItem(form: Locator, lang: Lang, ask: string, best: boolean, hands: Hands): Promise<boolean> {
  for (const item of items.filter((each) => each.ask(lang) === ask)) {
    if ((await form.locator(signs[item.kind]).count()) === 0) continue;
    const texts = [...item.all('option'), ...item.all('phrase'), ...item.all('row'), ...item.all('part'), ...item.all('clue')]
      .filter((piece) => piece['text'] !== undefined)
      .map((piece) => item.text(lang, piece).trim());
    const words = (await form.textContent()) ?? '';
    if (texts.every((text) => words.includes(text))) {
      await new Filling(item, form, lang, best, hands).fill();
      return true;
    }
  }
  return false;
}

class Filling {
  private readonly say: (ja: string, en: string) => string;

  constructor(
    private readonly item: Item,
    private readonly form: Locator,
    private readonly lang: Lang,
    private readonly best: boolean,
    private readonly hands: Hands,
  ) {
    this.say = sayIn(lang);
  }

  async fill(): Promise<void> {
    switch (this.item.kind) {
      case 'spot-list':
      case 'audience':
        return this.tickAll(this.wanted(this.item.all('option')));
      case 'checklist':
        return this.tickAll(this.item.all('option'));
      case 'mark-text':
        return this.mark();
      case 'triage':
      case 'redact':
        return this.rows();
      case 'sort':
        return this.sort();
      case 'mosaic':
        await this.tickAll(this.wanted(this.item.all('clue')));
        await this.choose(this.item.all('finding'));
        return this.choose(this.item.all('cut'));
      case 'contact':
        return this.contact();
      case 'lookup':
        return this.lookup();
      case 'reflect':
        return this.hands.write(this.form.getByRole('textbox'), this.say('出す前に一度見ます。', 'I look once more before I post.'));
    }
  }

  /** What applies, or one that does not. */
  private wanted(options: TomlTable[]): TomlTable[] {
    const asked = options.filter((option) => option['plain'] !== true);
    return this.best
      ? asked.filter((option) => option['hit'] === true)
      : asked.filter((option) => option['hit'] !== true).slice(0, 1);
  }

  private async tickAll(options: TomlTable[]): Promise<void> {
    for (const option of options) await this.hands.tick(this.labelled(this.item.text(this.lang, option)).getByRole('checkbox'));
  }

  /** The label with these words: some stand beside a reason or a number. */
  private labelled(words: string): Locator {
    return this.form.locator('label', { has: this.form.page().getByText(words.trim(), { exact: true }) });
  }

  private async mark(): Promise<void> {
    for (const phrase of this.wanted(this.item.all('phrase'))) {
      const label = this.form.locator('.marker', { hasText: this.item.text(this.lang, phrase).trim() });
      await this.hands.mark(label);
      await expect(label.getByRole('checkbox')).toBeChecked();
    }
  }

  private act(row: TomlTable): string {
    const right = String(row['best']);
    if (this.best) return right;
    const others: Record<string, string> = { nothing: 'reply', keep: 'cut', soft: 'keep', cut: 'keep', post: 'drop' };
    return others[right] ?? (right in { consent: 1, drop: 1 } ? 'post' : 'nothing');
  }

  private async rows(): Promise<void> {
    const rows = [...this.item.all('row'), ...this.item.all('part').filter((part) => part['plain'] !== true)];
    for (const [index, row] of rows.entries()) {
      await this.hands.tick(this.form.locator(`[name=row-${index + 1}][value=${this.act(row)}]`));
    }
    const whole = this.item.one('whole');
    const word = whole && acts[this.act(whole)];
    if (word) await this.hands.tick(this.form.getByRole('radio', { name: this.say(...word), exact: true }));
  }

  private async sort(): Promise<void> {
    const groups = this.item.all('group');
    for (const row of this.item.all('row')) {
      const right = groups.findIndex((group) => group['id'] === row['best']);
      const group = groups[this.best ? right : (right + 1) % groups.length];
      if (!group) throw new Error(`No group for ${String(row['id'])}`);
      const line = this.form.getByRole('radiogroup', { name: this.item.text(this.lang, row), exact: true });
      await this.hands.tick(line.getByRole('radio', { name: this.item.text(this.lang, group), exact: true }));
    }
  }

  private async choose(choices: TomlTable[]): Promise<void> {
    const chosen = choices.find((choice) => (choice['grade'] === 'best') === this.best);
    if (chosen) await this.hands.tick(this.labelled(this.item.text(this.lang, chosen)).getByRole('radio'));
  }

  private async contact(): Promise<void> {
    const right = this.item.all('option').find((option) => option['grade'] === 'best');
    const entry = contacts.all('contact').find((contact) => (contact['id'] === right?.['id']) === this.best);
    if (!entry) throw new Error('Nobody to tell');
    const name = contacts.said(this.lang, entry, String(entry['id']), 'name');
    await this.hands.tick(this.labelled(name).getByRole('radio'));
    const way = this.item.all('way').find((each) => (each['grade'] === 'best') === this.best);
    const word = acts[String(way?.['id'])];
    if (word) await this.hands.tick(this.form.getByRole('radio', { name: this.say(...word), exact: true }));
  }

  private async lookup(): Promise<void> {
    const right = Number(this.item.value('best').replace('C', ''));
    const number = this.best ? right : (right % 14) + 1;
    await this.hands.tick(this.labelled(this.say(`第${number}条`, `Article ${number}`)).getByRole('radio'));
  }
}
