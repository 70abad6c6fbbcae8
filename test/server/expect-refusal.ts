import { expect } from 'vitest';
import type { Answer } from './toy-server.ts';

/** Expects one error, in the shape of GraphQL, with this status and code. */
export function expectRefusal(answer: Answer, status: number, { code, says }: { code: string; says: RegExp }): void {
  expect(answer.status).toBe(status);
  expect(answer.headers['content-type']).toMatch(/^application\/(graphql-response\+)?json/);
  const { errors, data } = answer.json();
  expect(data).toBeUndefined();
  expect(errors).toHaveLength(1);
  expect(errors![0]!.message).toMatch(says);
  expect(errors![0]!.extensions).toEqual({ code });
}
