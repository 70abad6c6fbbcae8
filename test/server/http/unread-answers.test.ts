import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { UnreadAnswers } from '../../../src/server/http/unread-answers.ts';

function openWorld() {
  const world = { now: 0, givenUp: 0 };
  const responses = new Set<ServerResponse>();
  const unread = new UnreadAnswers({
    responses: () => responses,
    now: () => world.now,
    onGivenUp: () => (world.givenUp += 1),
  });
  unread.close();
  const open = (left: number) => {
    const response = { writableLength: left, isCut: false, destroy: () => (response.isCut = true) };
    responses.add(response as unknown as ServerResponse);
    return response;
  };
  const lookAt = (now: number) => {
    world.now = now;
    unread.look();
  };
  return { world, responses, open, lookAt };
}

describe('an answer that waits for its client', () => {
  it('is given up when nothing of it is read for half a minute', () => {
    const { world, open, lookAt } = openWorld();
    const response = open(500);
    lookAt(0);
    lookAt(29_999);
    expect(response.isCut).toBe(false);
    lookAt(30_000);
    expect(response.isCut).toBe(true);
    expect(world.givenUp).toBe(1);
  });

  it('is kept while it is read, however slowly, for five minutes', () => {
    const { open, lookAt } = openWorld();
    const response = open(500);
    for (let at = 0; at < 300_000; at += 20_000) {
      lookAt(at);
      expect(response.isCut).toBe(false);
      response.writableLength -= 1;
    }
    lookAt(300_000);
    expect(response.isCut).toBe(true);
  });

  it('has all its time again once everything was read', () => {
    const { open, lookAt } = openWorld();
    const response = open(500);
    lookAt(0);
    response.writableLength = 0;
    lookAt(200_000);
    response.writableLength = 500;
    lookAt(210_000);
    lookAt(230_000);
    expect(response.isCut).toBe(false);
    lookAt(240_000);
    expect(response.isCut).toBe(true);
  });

  it('is no concern where the operation still runs', () => {
    const { open, lookAt } = openWorld();
    const response = open(0);
    lookAt(0);
    lookAt(1_000_000);
    expect(response.isCut).toBe(false);
  });

  it('is forgotten when it is out', () => {
    const { responses, open, lookAt } = openWorld();
    const response = open(500);
    lookAt(0);
    responses.delete(response as unknown as ServerResponse);
    lookAt(1_000_000);
    expect(response.isCut).toBe(false);
  });
});
