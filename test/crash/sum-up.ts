import type { RoundFigures } from './crash-run.ts';

/** The figures of a whole run, by the words that they are printed with. */
export function sumUp(rounds: readonly RoundFigures[]) {
  const sum = (pick: (round: RoundFigures) => number): number =>
    rounds.reduce((total, round) => total + pick(round), 0);
  return {
    rounds: rounds.length,
    'kills, with those while starting again': rounds.length + rounds.filter(({ killedTwice }) => killedTwice).length,
    orders: sum(({ orders }) => orders),
    'bought, as the panel says': sum(({ bought }) => bought),
    placed: sum(({ placed }) => placed),
    rejected: sum(({ rejected }) => rejected),
    unknown: sum(({ unknown }) => unknown),
    'unknown by the kill': sum(({ unknownByKill }) => unknownByKill),
    'unknown that the panel had sold': sum(({ unknownBought }) => unknownBought),
    'recorded, not sent, tried again under their key': sum(({ retried }) => retried),
    'requests that clients repeated': sum(({ repeats }) => repeats),
    'at the panel when killed': sum(({ atPanelWhenKilled }) => atPanelWhenKilled),
    'longest time to settle, ms': Math.max(0, ...rounds.map(({ settledAfterMs }) => settledAfterMs)),
  };
}
