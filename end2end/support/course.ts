import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { parse, type TomlTable } from 'smol-toml';

import { type Lang } from './words.ts';

/** How good a choice is, from the best down. */
const grades = ['best', 'ok', 'risky', 'harm'] as const;
export type Grade = (typeof grades)[number];

/** A choice, a place in a drawing or a card, in both languages. */
interface Piece {
  text: Record<Lang, string>;
  grade?: Grade;
  leak?: boolean;
}

/** A question with what can be answered, cards in their right order. */
interface Question {
  ask: Record<Lang, string>;
  pieces: Piece[];
}

/**
 * The answers, read from the files that the program is built from. A question is found as a person would find it, by the
 * words on the screen: several questions ask the same, so what can be answered has to fit as well.
 */
class Course {
  private readonly questions: Question[] = [];

  constructor(folder: string) {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !entry.name.endsWith('.toml') || /\.(en|easy)\.toml$/.test(entry.name)) continue;
      const file = join(entry.parentPath, entry.name);
      const sidecar = file.replace(/\.toml$/, '.en.toml');
      this.gather(read(file), existsSync(sidecar) ? read(sidecar) : {}, []);
    }
  }

  /** The choice of a grade, or the nearest that there is, among the choices on the screen. */
  choice(lang: Lang, ask: string, shown: string[], wanted: Grade): string {
    const known = this.pieces(lang, ask, shown);
    const far = (piece: Piece): number =>
      Math.abs(grades.indexOf(piece.grade ?? 'best') - grades.indexOf(wanted));
    const [nearest] = known.filter((piece) => shown.includes(piece.text[lang])).sort((a, b) => far(a) - far(b));
    if (!nearest) throw new Error(`Nothing to choose at “${ask}”`);
    return nearest.text[lang];
  }

  /** What must not be seen in a drawing. */
  leaks(lang: Lang, ask: string, shown: string[]): string[] {
    return this.pieces(lang, ask, shown).flatMap((piece) => (piece.leak ? [piece.text[lang]] : []));
  }

  /** The cards in their right order. */
  order(lang: Lang, ask: string, shown: string[]): string[] {
    return this.pieces(lang, ask, shown).map((piece) => piece.text[lang]);
  }

  private pieces(lang: Lang, ask: string, shown: string[]): Piece[] {
    const found = this.questions.filter(
      (question) =>
        question.ask[lang] === ask &&
        shown.every((text) => question.pieces.some((piece) => piece.text[lang] === text)),
    );
    const [only] = found;
    if (!only || found.length > 1) {
      throw new Error(`${found.length} questions of the course ask “${ask}” with ${JSON.stringify(shown)}`);
    }
    return only.pieces;
  }

  /** Every table with answers is a question; the tables around it give the key of its translation. */
  private gather(table: TomlTable, english: TomlTable, path: string[]): void {
    const said = (ja: unknown, ...key: string[]): Record<Lang, string> => {
      const translated = english[[...path, ...key].join('.')] as { en?: string } | undefined;
      return { ja: String(ja), en: translated?.en ?? String(ja) };
    };
    const pieces = [...tables(table['choice']), ...tables(table['region']), ...tables(table['card'])].map(
      (piece): Piece => {
        const name = piece['label'] === undefined ? 'text' : 'label';
        const text = said(piece[name], String(piece['id']), name);
        return { text, grade: piece['grade'] as Grade, leak: piece['leak'] === true };
      },
    );
    if (pieces.length > 0) this.questions.push({ ask: said(table['ask'], 'ask'), pieces });
    for (const name of ['node', 'family', 'variant']) {
      for (const inner of tables(table[name])) this.gather(inner, english, [...path, String(inner['id'])]);
    }
  }
}

function read(file: string): TomlTable {
  return parse(readFileSync(file, 'utf8'));
}

function tables(value: unknown): TomlTable[] {
  return Array.isArray(value) ? value.filter((each): each is TomlTable => typeof each === 'object') : [];
}

/** The course of the year. */
export const course = new Course(fileURLToPath(new URL('../../courses/catalog', import.meta.url)));
