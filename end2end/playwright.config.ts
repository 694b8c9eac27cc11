import { fileURLToPath } from 'node:url';

import { defineConfig } from '@playwright/test';

const built = fileURLToPath(new URL('../target/end2end', import.meta.url));

/**
 * The same specifications in three browsers: with scripts, without them, and on a phone. What only one of them can show
 * carries a tag, `@script`, `@noscript`, `@keyboard`, `@desk` or `@phone`, instead of being skipped: a skipped test proves nothing.
 */
export default defineConfig({
  testDir: 'tests',
  outputDir: `${built}/results`,
  globalSetup: './support/demo.ts',
  reporter: [['list'], ['./support/closing-line.ts']],
  forbidOnly: true,
  fullyParallel: false,
  workers: 2,
  // The browser itself hangs about once in a thousand pages. Whoever needed the second try is named at the end of the run.
  retries: 1,
  timeout: 60_000,
  expect: {
    timeout: 10_000,
    // Letters that are smoothed in another way differ in up to 0.9 % of a page; on the longest page, a button moved by half its
    // height differs in 2 %.
    toHaveScreenshot: { maxDiffPixelRatio: 0.01, animations: 'disabled', caret: 'hide', scale: 'css' },
  },
  snapshotPathTemplate: '{testDir}/{testFilePath}-snapshots/{arg}{ext}',
  use: {
    locale: 'ja-JP',
    timezoneId: 'Asia/Tokyo',
    // Tracing every test makes the run a sixth longer; whoever looks for a fault adds --trace=on.
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium-headless-shell',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--disable-quic',
        '--no-first-run',
      ],
    },
  },
  projects: [
    { name: 'js', grepInvert: /@noscript|@phone/, use: { viewport: { width: 1366, height: 768 } } },
    {
      name: 'nojs',
      grepInvert: /@script|@phone/,
      use: { viewport: { width: 1366, height: 768 }, javaScriptEnabled: false },
    },
    {
      name: 'phone',
      grepInvert: /@noscript|@keyboard|@desk/,
      use: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true },
    },
  ],
});
