import type { FullConfig, FullResult, Reporter, Suite } from '@playwright/test/reporter';

/** Closes the run with one plain line: `12 passed, 0 failed, 0 skipped (js 4, nojs 4, phone 4)`. */
export default class ClosingLine implements Reporter {
  private suite: Suite | undefined;

  onBegin(_config: FullConfig, suite: Suite): void {
    this.suite = suite;
  }

  onEnd(_result: FullResult): void {
    const counts = { passed: 0, failed: 0, skipped: 0 };
    const passedIn: string[] = [];
    for (const project of this.suite?.suites ?? []) {
      let passed = 0;
      for (const test of project.allTests()) {
        if (test.outcome() === 'skipped') counts.skipped += 1;
        else if (test.ok()) passed += 1;
        else counts.failed += 1;
      }
      counts.passed += passed;
      passedIn.push(`${project.title} ${passed}`);
    }
    process.stdout.write(
      `${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped (${passedIn.join(', ')})\n`,
    );
  }

  printsToStdio(): boolean {
    return true;
  }
}
