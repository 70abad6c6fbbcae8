import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LargeAnswers } from '../../../../src/server/graphql/answers/large-answers.ts';

const MB = 1_000_000;

/** Whether a promise has settled by now. */
async function hasSettled(promise: Promise<unknown>): Promise<boolean> {
  let isSettled = false;
  const note = () => {
    isSettled = true;
  };
  promise.then(note, note);
  await vi.advanceTimersByTimeAsync(0);
  return isSettled;
}

describe('large answers', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('are those of many rows or many bytes', () => {
    expect(LargeAnswers.isLarge({ rows: 1_000, answerBytes: 1_000_000 })).toBe(false);
    expect(LargeAnswers.isLarge({ rows: 1_001, answerBytes: 0 })).toBe(true);
    expect(LargeAnswers.isLarge({ rows: 0, answerBytes: 1_000_001 })).toBe(true);
  });

  it('are made together while there is room', async () => {
    const answers = new LargeAnswers();
    for (let count = 0; count < 4; count += 1) {
      expect(await hasSettled(answers.begin({ answerBytes: 10 * MB }))).toBe(true);
    }
    expect(await hasSettled(answers.begin({ answerBytes: 1 }))).toBe(false);
  });

  it('wait in their order until those before them are read', async () => {
    const answers = new LargeAnswers();
    const first = await answers.begin({ answerBytes: 60 * MB });
    const second = answers.begin({ answerBytes: 30 * MB });
    const third = answers.begin({ answerBytes: 1 * MB });
    expect(await hasSettled(third)).toBe(false);
    first.end();
    first.end();
    expect(await hasSettled(second)).toBe(true);
    expect(await hasSettled(third)).toBe(true);
  });

  it('hold what they turn out to be', async () => {
    const answers = new LargeAnswers();
    const first = await answers.begin({ answerBytes: 60 * MB });
    first.resize(5 * MB);
    expect(await hasSettled(answers.begin({ answerBytes: 50 * MB }))).toBe(true);
  });

  it('are refused where those before them are not read in time', async () => {
    const answers = new LargeAnswers();
    const first = await answers.begin({ answerBytes: 60 * MB });
    const refused = answers.begin({ answerBytes: 60 * MB });
    const told = expect(refused).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    const patient = vi.advanceTimersByTimeAsync(5_000).then(() => answers.begin({ answerBytes: 2 * MB }));
    await vi.advanceTimersByTimeAsync(10_000);
    await told;
    // The small one stood behind it.
    expect(await hasSettled(patient)).toBe(true);
    first.end();
    expect(await hasSettled(answers.begin({ answerBytes: 60 * MB }))).toBe(true);
  });

  it('of any size are made when nothing else is', async () => {
    expect(await hasSettled(new LargeAnswers().begin({ answerBytes: 500 * MB }))).toBe(true);
  });
});
