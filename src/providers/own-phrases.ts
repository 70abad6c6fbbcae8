/** Refusals that the operator has named in the configuration: they take precedence over the dialect's tables. */
import type { RefusalCode } from '../domain/errors.ts';
import type { AddReading, Dialect, MultiCodec, Reading, Refusal } from './dialect.ts';

/**
 * As `dialect`, but a refusal in one of the phrases of `refusals` has the code that is given there, in every answer.
 */
export function withOwnPhrases(dialect: Dialect, refusals: Readonly<Record<string, RefusalCode>>): Dialect {
  const codes = new Map(Object.entries(refusals).map(([phrase, code]) => [fold(phrase), code]));
  if (codes.size === 0) return dialect;
  const isRefusal = (text: string): boolean => codes.has(fold(text));

  function renamed(refusal: Refusal): Refusal {
    const code = codes.get(fold(refusal.panelMessage));
    return code === undefined ? refusal : { ...refusal, code, outcome: 'rejected', isRecognised: true };
  }
  function renamedReading<T extends AddReading | Reading<unknown>>(reading: T): T {
    return reading.kind === 'refused' ? { ...reading, refusal: renamed(reading.refusal) } : reading;
  }
  function renaming<T>(codec: MultiCodec<T>): MultiCodec<T> {
    return {
      ...codec,
      decode: (value, numbers, context) => {
        const readings = codec.decode(value, numbers, context);
        return readings && new Map(Array.from(readings, ([number, reading]) => [number, renamedReading(reading)]));
      },
    };
  }

  const { add, status, refillStatus, refill, cancel } = dialect;
  return {
    ...dialect,
    add: { ...add, decode: (value, hints) => renamedReading(add.decode(value, { ...hints, isRefusal })) },
    status: { ...status, multi: renaming(status.multi) },
    refillStatus: { ...refillStatus, multi: renaming(refillStatus.multi) },
    refill: { ...refill, multi: renaming(refill.multi) },
    cancel: { ...cancel, multi: renaming(cancel.multi) },
    decodeRefusal: (value, action, hints) => {
      const refusal = dialect.decodeRefusal(value, action, { ...hints, isRefusal });
      return refusal && renamed(refusal);
    },
    classify: (text, action) => renamed(dialect.classify(text, action)),
  };
}

function fold(text: string): string {
  const words = text.normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim();
  return words.replace(/ ?[.!]$/, '');
}
