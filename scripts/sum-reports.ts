// Adds up the reports of the test runners and prints the one line that says how many tests passed and failed. A missing
// report counts as one failure: tests that did not run have not passed.
import { readFileSync } from "node:fs";

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
}

let passed = 0;
let failed = 0;
for (const file of process.argv.slice(2)) {
  try {
    const report = JSON.parse(readFileSync(file, "utf8")) as Report;
    passed += report.numPassedTests;
    failed += report.numFailedTests;
  } catch (error) {
    console.error(`No report at ${file}: ${error instanceof Error ? error.message : error}`);
    failed += 1;
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = passed > 0 && failed === 0 ? 0 : 1;
