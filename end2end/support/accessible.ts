import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Runs every rule of axe on the whole page, with no exclusions. */
export async function accessible(page: Page, scripts: boolean): Promise<void> {
  if (!scripts) await allowScripts(page, true);
  // The other mode finishes its work in a page of its own; there are no frames of strangers that would need it.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  if (!scripts) await allowScripts(page, false);

  const told = violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help}\n  ${node.target.join(' ')}\n  ${node.html}\n  ${node.failureSummary ?? ''}`),
  );
  expect(told, `axe finds nothing on ${page.url()}`).toEqual([]);
}

/**
 * axe is a script itself. Where a page may run none, they are allowed while axe looks: the page's own were passed over
 * when it was read and do not start now, and what stands in <noscript> stays.
 */
async function allowScripts(page: Page, allowed: boolean): Promise<void> {
  const browser = await page.context().newCDPSession(page);
  // A session believes what it said last and starts with "allowed", so it has to forbid before it can allow. It is not
  // detached: that would take back what it said.
  await browser.send('Emulation.setScriptExecutionDisabled', { value: true });
  if (allowed) await browser.send('Emulation.setScriptExecutionDisabled', { value: false });
}
