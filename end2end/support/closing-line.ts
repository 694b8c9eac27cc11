import type { FullConfig, FullResult, Reporter, Suite } from '@playwright/test/reporter';

/** Closes the run with one plain line: `12 passed, 0 failed, 0 skipped (js 4, nojs 4, phone 4)`, after those that passed at the second try only. */
export default class ClosingLine implements Reporter {
  private suite: Suite | undefined;

  onBegin(_config: FullConfig, suite: Suite): void {
    this.suite = suite;
  }

  onEnd(_result: FullResult): void {
    const counts = { passed: 0, failed: 0, skipped: 0 };
    const passedIn: string[] = [];
    const hesitant: string[] = [];
    for (const project of this.suite?.suites ?? []) {
      let passed = 0;
      for (const test of project.allTests()) {
        if (test.outcome() === 'skipped') counts.skipped += 1;
        else if (test.ok()) passed += 1;
        else counts.failed += 1;
        if (test.outcome() === 'flaky') hesitant.push(test.titlePath().filter(Boolean).join(' › '));
      }
      counts.passed += passed;
      passedIn.push(`${project.title} ${passed}`);
    }
    for (const title of hesitant) process.stdout.write(`only at the second try: ${title}\n`);
    process.stdout.write(
      `${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped (${passedIn.join(', ')})\n`,
    );
  }

  printsToStdio(): boolean {
    return true;
  }
}
