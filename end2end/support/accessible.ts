import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import { type CDPSession, expect, type Page } from '@playwright/test';
import type { AxeResults } from 'axe-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Runs every rule of axe on the whole page, with no exclusions. */
export async function accessible(page: Page, scripts: boolean): Promise<void> {
  // Without scripts, a page is another one than with them only where an island or <noscript> stands in it; of all others the run with
  // scripts has told everything.
  if (!scripts && (await page.locator('main leptos-island, main noscript').count()) === 0) return;
  if (!scripts) await allowScripts(page, true);
  // axe is handed over by hand: its own way into Playwright opens a page to sum up in, which takes three times as long.
  await page.evaluate(axe);
  const violations = await page.evaluate<AxeResults['violations']>(
    'axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) => violations)',
  );
  if (!scripts) await allowScripts(page, false);

  const told = violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help}\n  ${String(node.target)}\n  ${node.html}\n  ${node.failureSummary ?? ''}`),
  );
  expect(told, `axe finds nothing on ${page.url()}`).toEqual([]);
}

const sessions = new WeakMap<Page, CDPSession>();

/**
 * axe is a script itself. Where a page may run none, they are allowed while axe looks: the page's own were passed over
 * when it was read and do not start now, and what stands in <noscript> stays.
 */
async function allowScripts(page: Page, allowed: boolean): Promise<void> {
  const browser = sessions.get(page) ?? (await page.context().newCDPSession(page));
  sessions.set(page, browser);
  // A session believes what it said last and starts with "allowed", so it has to forbid before it can allow. It is not
  // detached: that would take back what it said.
  await browser.send('Emulation.setScriptExecutionDisabled', { value: true });
  if (allowed) await browser.send('Emulation.setScriptExecutionDisabled', { value: false });
}
