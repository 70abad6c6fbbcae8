/** The order in which the files of tests begin: none that takes long is left for the end, when the other workers idle. */
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Small files that take long. Beside these the runner goes by what it has measured, and in a fresh clone by size. */
const LONG = [
  '/attack.test.ts',
  '/crash.test.ts',
  '/database-outage.test.ts',
  '/tracker.test.ts',
  '/postgres.test.ts',
  '.browser.test.ts',
];

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification): boolean => LONG.some((name) => moduleId.endsWith(name));
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}
