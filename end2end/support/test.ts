import { test as base, type Page, type Response } from '@playwright/test';

import { accessible } from './accessible.ts';
import { type Hands, pointer } from './hands.ts';
import { Learner } from './learner.ts';
import { PageFaults } from './page-faults.ts';
import { password } from './people.ts';
import { Server } from './servers.ts';
import { inEnglish, type Lang, sayIn } from './words.ts';

export { expect } from '@playwright/test';

/** One server at a time for each worker; its port stays, its data are new for every file of specifications. */
class Desk {
  private server: Server | undefined;
  private file = '';

  constructor(private readonly name: string) {}

  async serverFor(file: string): Promise<Server> {
    if (!this.server || this.file !== file) {
      const port = this.server ? Number(new URL(this.server.url).port) : undefined;
      await this.close();
      this.server = await Server.onDemoCopy(this.name, port);
      this.file = file;
    }
    return this.server;
  }

  /** Stops the server, lets something happen to its data folder, and starts it again at the same address. */
  async restart(meanwhile: (data: string) => void): Promise<Server> {
    if (!this.server) throw new Error('There is no server to start again.');
    const { data, url } = this.server;
    await this.close();
    meanwhile(data);
    this.server = await Server.start(data, Number(new URL(url).port));
    return this.server;
  }

  async close(): Promise<void> {
    const server = this.server;
    this.server = undefined;
    await server?.stop();
  }
}

interface SignInAs {
  /** Where, if not in the first browser. */
  page?: Page;
  lang?: Lang;
  /** With the tick for shared PCs. */
  shared?: boolean;
  /** With a keyboard and nothing else. */
  hands?: Hands;
  /** Passes over the pages on the way without a look at each: only where another test looks at the same pages. */
  hurried?: boolean;
}

/** What a test is handed. */
export interface Tools {
  /** The server of this file of specifications. */
  server: Server;
  /** Stops the server, lets something happen to its data folder, and starts it again at the same address. */
  restart: (meanwhile: (data: string) => void) => Promise<Server>;
  /** What the browser complains about; checked after every test. */
  faults: PageFaults;
  /** Opens a page of the server, waits until it is alive, and checks it with axe. */
  open: (path: string, page?: Page) => Promise<Response>;
  /** Waits until the islands of the page are alive; without scripts there is nothing to wait for. */
  alive: (page?: Page) => Promise<void>;
  /** Waits until the page is alive, and checks it with axe: for pages reached by a click. */
  sound: (page?: Page) => Promise<void>;
  /** A page in a browser that knows nothing of the first: another device, or another person. */
  anotherDevice: () => Promise<Page>;
  /** Signs a person of the demo hospital in by the form, and waits for their first page. */
  signIn: (number: string, as?: SignInAs) => Promise<Learner>;
}

export const test = base.extend<Tools, { desk: Desk }>({
  desk: [
    async ({}, use, worker) => {
      const desk = new Desk(`${worker.project.name}-${worker.parallelIndex}`);
      await use(desk);
      await desk.close();
    },
    { scope: 'worker' },
  ],
  server: async ({ desk }, use, info) => use(await desk.serverFor(info.file)),
  restart: async ({ desk, server }, use) => {
    void server;
    await use((meanwhile) => desk.restart(meanwhile));
  },
  baseURL: async ({ server }, use) => use(server.url),
  faults: [
    async ({ server, context }, use) => {
      const faults = new PageFaults(server.url);
      faults.watch(context);
      await use(faults);
      faults.verify();
    },
    { auto: true },
  ],
  alive: async ({ page: first, javaScriptEnabled }, use) => {
    await use(async (page = first) => {
      if (javaScriptEnabled !== false) await page.locator('html[data-hydrated]').waitFor({ state: 'attached' });
    });
  },
  sound: async ({ page: first, alive, javaScriptEnabled }, use) => {
    await use(async (page = first) => {
      await alive(page);
      await accessible(page, javaScriptEnabled !== false);
    });
  },
  open: async ({ page: first, sound }, use) => {
    await use(async (path, page = first) => {
      const response = await page.goto(path);
      if (!response) throw new Error(`${path} is only a place on the page that was open already`);
      await sound(page);
      return response;
    });
  },
  signIn: async ({ page: first, alive, sound }, use) => {
    await use(async (number, { page = first, lang = 'ja', shared = false, hands = pointer, hurried = false } = {}) => {
      const say = sayIn(lang);
      await page.goto('/sign-in');
      await alive(page);
      if (lang === 'en') await hands.press(page.getByRole('button', { name: 'English', exact: true }));
      await hands.write(page.getByLabel(say('職員番号', 'Staff number')), number);
      await hands.write(page.getByLabel(say('パスワード', 'Password')), password);
      if (shared) await hands.tick(page.getByLabel(say('この端末は共用です', 'This is a shared computer')));
      await hands.press(page.getByRole('button', { name: say('サインイン', 'Sign in'), exact: true }));
      await page.waitForURL((url) => url.pathname === '/');
      await alive(page);
      return new Learner(page, lang, async (at) => {
        await (hurried ? alive(at) : sound(at));
        if (lang === 'en') await inEnglish(at);
      }, hands);
    });
  },
  anotherDevice: async ({ browser, faults, baseURL }, use) => {
    const contexts: { close(): Promise<void> }[] = [];
    await use(async () => {
      const context = await browser.newContext(baseURL ? { baseURL } : {});
      contexts.push(context);
      faults.watch(context);
      return context.newPage();
    });
    for (const context of contexts) await context.close();
  },
});
