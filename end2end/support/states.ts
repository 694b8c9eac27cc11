import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { parse } from 'smol-toml';

import { type Server } from './servers.ts';
import { type Lang } from './words.ts';

const courses = fileURLToPath(new URL('../../courses', import.meta.url));

/** A whole small catalogue: at least one item of every kind. */
export const small = join(courses, 'tests/small');

/** One look at a screen: as it asks, or as it explains an answer. */
export interface State {
  /** The kind of its item; `read` for a page of text, `test` for a question of the final test. */
  kind: string;
  /** What it is called among those of its kind: `asked`, the name of an answer, or where a story has come to. */
  name: string;
  /** Nothing is answered yet, and something can be. */
  fresh: boolean;
  /** It has a picture: a screen as it opens, its first and its last answer, and its end. What stands between looks like them. */
  pictured: boolean;
  /** The address of the learner's page. */
  path(lang: Lang | 'ja-easy'): string;
}

/** The kinds of items in all content that there is: whatever a file of a module says that it is. */
export const kinds: string[] = [
  ...new Set(
    [small, join(courses, 'catalog')]
      .flatMap((catalogue) => {
        const modules = join(catalogue, 'modules');
        return readdirSync(modules, { recursive: true, encoding: 'utf8' }).map((file) => join(modules, file));
      })
      .filter((file) => file.endsWith('.toml') && !/\.(en|easy)\.toml$/.test(file))
      .flatMap((file) => kindOf(file) ?? []),
  ),
].sort();

function kindOf(file: string): string | undefined {
  const kind = parse(readFileSync(file, 'utf8'))['kind'];
  return typeof kind === 'string' ? kind : undefined;
}

/** Every state of every screen, as the pages of the preview list them. Of the many questions of the test the first will do. */
export async function statesOf(preview: Server): Promise<State[]> {
  const read = async (path: string): Promise<string> => (await fetch(preview.url + path)).text();
  const index = await read('/ja');
  const screens = [...index.matchAll(/href="(\/ja\/([^/"]+)\/([^/"]+))"/g)].map(([, path = '', module = '', id = '']) => {
    const file = join(small, 'modules', module, `${id}.toml`);
    const kind = existsSync(file) ? kindOf(file) : undefined;
    return { path, kind: kind ?? (module === 'final-test' ? 'test' : 'read') };
  });
  const test = screens.find(({ kind }) => kind === 'test');
  const states: State[] = [];
  for (const { path, kind } of screens.filter((screen) => screen.kind !== 'test' || screen === test)) {
    const page = await read(`${path}?width=320`);
    const names = [...page.matchAll(/\?state=([^"&]+)&amp;width=320"[^>]*class="state"/g)].map(([, name = '']) => name);
    for (const name of names) {
      const framed = await read(`${path}?state=${name}&width=320`);
      const shown = /<iframe src="\/show\/ja(\/[^"]+)"/.exec(framed)?.[1];
      if (!shown) throw new Error(`The preview does not show ${name} of ${path}`);
      states.push({ kind, ...placed(name, names), path: (lang) => `/show/${lang}${shown}` });
    }
  }
  return states;
}

/** What its name says about a state: `n1` is the question itself, `n1.call` an answer to it, `debrief` the end. */
function placed(encoded: string, all: string[]): Pick<State, 'name' | 'fresh' | 'pictured'> {
  const [stop = '', answer] = decodeURIComponent(encoded).split('.');
  const first = all[0] ?? '';
  const answers = all.filter((other) => other.startsWith(`${first}.`));
  const asks = all.some((other) => other.startsWith(`${stop}.`));
  const name = (stop === first ? (answer ?? 'asked') : decodeURIComponent(encoded)).replace(/\W+/g, '-');
  const pictured = answer === undefined ? stop === first || !asks : [answers[0], answers.at(-1)].includes(encoded);
  return { name, fresh: answer === undefined && (asks || all.length === 1), pictured };
}
