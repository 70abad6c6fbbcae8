/** Writes each event to the log and the metrics. */
import type { Logger } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { Telemetry } from './telemetry.ts';

export interface Events extends Telemetry {
  /** An HTTP request was answered, or its client has gone. `path` is one of a fixed few. */
  requestEnded(event: {
    readonly method: string;
    readonly path: string;
    readonly status: number;
    readonly ms: number;
  }): void;
}

/** Texts of each kind that are logged, each once: a panel can invent texts faster than a person reads them. */
const MAX_LOGGED_WORDS = 1000;
const MAX_LOGGED_LENGTH = 100;

export function createEvents({ log, metrics }: { log: Logger; metrics?: Metrics | undefined }): Events {
  const isNewWord = createSeen();
  const isNewPhrase = createSeen();
  return {
    panelCallEnded({ panel, action, ms, code }) {
      later(() => {
        metrics?.panelCall({ panel, action, outcome: code ?? 'ok', ms });
        if (code === null) {
          if (log.isLevelEnabled('debug')) log.debug({ panel, action, ms: Math.round(ms) }, 'panel call');
        } else {
          log.info({ panel, action, ms: Math.round(ms), code }, 'panel call failed');
        }
      });
    },
    requestEnded({ method, path, status, ms }) {
      metrics?.httpRequest({ path, status, ms });
      if (log.isLevelEnabled('debug')) log.debug({ method, path, status, ms: Math.round(ms) }, 'request');
    },
    unknownStatusWord({ panel, word }) {
      metrics?.unknownStatusWord({ panel });
      const shown = word.slice(0, MAX_LOGGED_LENGTH);
      if (isNewWord(panel, shown)) log.warn({ panel, word: shown }, 'the panel uses an unknown word for a status');
    },
    unknownRefusalPhrase({ panel, phrase }) {
      metrics?.unknownRefusalPhrase({ panel });
      const shown = phrase.slice(0, MAX_LOGGED_LENGTH);
      if (!isNewPhrase(panel, shown)) return;
      log.warn({ panel, phrase: shown }, 'the panel refuses an order in unknown words');
    },
    placementSettled({ panel, state, code }) {
      later(() => {
        metrics?.placementSettled({ panel, state });
        log.info({ panel, state, code }, 'placement settled');
      });
    },
    chargeTooHigh(event) {
      if (event.above === 'maxCharge') {
        metrics?.chargeAboveMax({ panel: event.panel });
        log.warn(event, 'the panel has charged more than the order allowed');
      } else {
        log.info(event, 'the panel has charged more than estimated');
      }
    },
    outcomeNotStored(event) {
      log.error(event, 'the store is away: an outcome waits to be written');
    },
    unexpectedError(where, error) {
      metrics?.unexpectedError();
      log.error({ err: error, where }, 'unexpected error');
    },
  };
}

/**
 * Whether a text of a panel has not been seen before; never after MAX_LOGGED_WORDS texts. Not an LRU cache, since a text
 * that is forgotten would be logged again.
 */
function createSeen(): (panel: string, text: string) => boolean {
  const seen = new Set<string>();
  return (panel, text) => {
    const id = `${panel} ${text}`;
    if (seen.has(id) || seen.size >= MAX_LOGGED_WORDS) return false;
    seen.add(id);
    return true;
  };
}

/**
 * Reports an event in a later turn of the event loop, so that no answer waits for the log, which is written
 * synchronously. Not for events that must survive a crash.
 */
function later(report: () => void): void {
  setImmediate(report);
}
