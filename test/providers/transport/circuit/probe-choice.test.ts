import { expect, it } from 'vitest';
import { standard } from '../../../../src/providers/dialects/standard/index.ts';
import { ProbeChoice, type Read } from '../../../../src/providers/transport/circuit/probe-choice.ts';

const STATUS: Read = {
  action: 'status',
  form: { action: 'status', order: '7' },
  read: () => ({ kind: 'found', value: 1 }),
};

function setUp() {
  const choice = new ProbeChoice(standard);
  const choose = (circuit: Parameters<ProbeChoice['choose']>[0] = 'panel') => choice.choose(circuit).action;
  const probe = (isSick: boolean, circuit: Parameters<ProbeChoice['choose']>[0] = 'panel') => {
    const call = choice.choose(circuit);
    choice.ended(call, isSick);
    return call.action;
  };
  return { choice, choose, probe };
}

it('probes with the balance, whatever else fails', () => {
  const { choice, probe } = setUp();
  choice.ended(STATUS, true);
  expect([probe(false), probe(false, 'add'), probe(false, 'status')]).toEqual(['balance', 'balance', 'balance']);
});

it('probes with a read that was answered, where the balance was not', () => {
  const { choice, probe, choose } = setUp();
  choice.ended(STATUS, false);
  expect([probe(true), probe(false), probe(false, 'add')]).toEqual(['balance', 'status', 'status']);
  choice.ended({ ...STATUS, action: 'balance' }, false);
  expect(choose()).toBe('balance');
});

it('probes with the list where nothing else was ever answered', () => {
  const { probe } = setUp();
  expect([probe(true), probe(false), probe(false)]).toEqual(['balance', 'services', 'services']);
});

it('takes turns while nothing is answered', () => {
  const { choice, probe } = setUp();
  choice.ended(STATUS, false);
  const probes = Array.from({ length: 5 }, () => probe(true));
  expect(probes).toEqual(['balance', 'status', 'balance', 'services', 'balance']);
});

it('probes the circuit of the balance with nothing else', () => {
  const { choice, probe } = setUp();
  choice.ended(STATUS, false);
  expect([probe(true, 'balance'), probe(true, 'balance')]).toEqual(['balance', 'balance']);
});
