import { describe, expect, it } from 'vitest';
import { answerPlainly } from './plain-answer.ts';
import { startRandomGateway } from './random-gateway.ts';
import { makeOperation } from './random-operation.ts';
import { createRandomSource } from './random-source.ts';
import { createRandomWorld } from './random-world.ts';

const LIMITS = { depth: 12, aliases: 60, fields: 200, tokens: 4000, introspection: true };
const SECONDS = Number(process.env['DIFFERENTIAL_SECONDS'] ?? 0);
const OPERATIONS = Number(process.env['DIFFERENTIAL_OPERATIONS'] ?? 400);
/** A long run looks for what is not known; the usual one is the same each time. */
const IS_LONG = SECONDS > 0 || 'DIFFERENTIAL_OPERATIONS' in process.env;
const SEED = process.env['PANELGRAPH_SEED'] ?? (IS_LONG ? String(Date.now()) : '1');
/** An operation is compiled when it comes for the second time. */
const TIMES = [1, 2, 3];
const AT_ONCE = 8;

describe('random operations over the whole schema', () => {
  it(`are answered as by graphql-js, each time they come (PANELGRAPH_SEED=${SEED})`, {
    timeout: 3_600_000,
  }, async () => {
    const schema = createRandomWorld();
    await using gateway = await startRandomGateway(schema, LIMITS);
    const deadline = performance.now() + SECONDS * 1000;
    const counts = { operations: 0, compiled: 0, valid: 0, differing: 0 };

    async function compare(seed: string): Promise<void> {
      const operation = makeOperation(schema, createRandomSource(seed));
      const plain = await answerPlainly(operation, { schema, limits: LIMITS, contextValue: { seed } });
      counts.operations += 1;
      if (plain.includes('"data":')) counts.valid += 1;
      for (const time of TIMES) {
        const { text, isCompiled } = await gateway.ask(operation, seed);
        if (isCompiled && time === TIMES.length) counts.compiled += 1;
        if (text !== plain) {
          counts.differing += 1;
          expect({ seed, operation, time, isCompiled, text }).toEqual({
            seed,
            operation,
            time,
            isCompiled,
            text: plain,
          });
        }
      }
    }

    let at = 0;
    const isDone = (): boolean => (SECONDS > 0 ? performance.now() > deadline : at >= OPERATIONS);
    const work = async (): Promise<void> => {
      while (!isDone()) {
        at += 1;
        await compare(`${SEED} ${at}`);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    if (IS_LONG) console.log(counts);
    // A test that compiles nothing would find nothing.
    expect(counts.valid / counts.operations).toBeGreaterThan(0.5);
    expect(counts.compiled / counts.operations).toBeGreaterThan(0.2);
  });
});
