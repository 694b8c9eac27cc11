import { type BrowserContext, expect } from '@playwright/test';

/**
 * What a browser complains about while a person sees nothing wrong: errors and warnings of the console, scripts that
 * throw, answers of 500 and above, and requests to anywhere but the hospital's own server. Any of them fails the test.
 */
export class PageFaults {
  private readonly found: string[] = [];
  private readonly expected = new Set<number>();
  private away = false;

  constructor(private readonly home: string) {}

  /** Watches all pages of a context, from now on. */
  watch(context: BrowserContext): void {
    context.on('console', (message) => {
      if (!['error', 'warning', 'assert'].includes(message.type())) return;
      const refused = /responded with a status of (\d{3})/.exec(message.text())?.[1];
      if (refused && this.expected.has(Number(refused))) return;
      if (this.away && message.text().startsWith('Failed to load resource: net::ERR_')) return;
      this.found.push(`console ${message.type()} at ${message.location().url}: ${message.text()}`);
    });
    context.on('weberror', (error) => this.found.push(`script: ${error.error().stack ?? error.error().message}`));
    context.on('request', (request) => {
      if (!request.url().startsWith(`${this.home}/`) && !/^(data|blob|about):/.test(request.url())) {
        this.found.push(`asks elsewhere: ${request.url()}`);
      }
    });
    context.on('response', (response) => {
      if (response.status() >= 500 && !this.expected.has(response.status())) {
        this.found.push(`${response.status()} from ${response.url()}`);
      }
    });
  }

  /** Says that the test provokes this status: a browser writes every refused page into its console. */
  expect(...statuses: number[]): void {
    for (const status of statuses) this.expected.add(status);
  }

  /** Says that the test takes the network away: a browser writes every request that fails into its console. */
  expectAway(): void {
    this.away = true;
  }

  /** Fails if anything was found. */
  verify(): void {
    expect(this.found, 'the browser has nothing to complain about').toEqual([]);
  }
}
