/**
 * Rules that involve more than one setting. They are checked on the settings as they were read, independently of the
 * shape, so that one mistake does not hide another.
 */
import { isLoopbackHost } from '../loopback.ts';
import { PRESET_NAMES } from '../presets.ts';
import { isInsecureUrl } from '../shape/panel-url.ts';
import type { Problem } from './problems.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The problems of settings that are each valid on their own. */
export function findRuleProblems(settings: unknown): Problem[] {
  const root = fieldsOf(settings);
  return [
    ...panelsOf(root).flatMap(findPanelProblems),
    ...findDoubledIds(panelsOf(root)),
    ...findServerProblems(fieldsOf(root['server'])),
    ...findTrackerProblems(fieldsOf(root['tracker'])),
    ...findRateProblems(fieldsOf(root['currency'])),
    ...findTokenProblems(root['tokens']),
  ];
}

function findPanelProblems(panel: Fields, index: number): Problem[] {
  const path = `panels[${index}].url`;
  if (Object.keys(panel).length === 0) return [];
  const isAllowed = panel['allowInsecure'] === true || panel['allowInsecure'] === 'true';
  if (panel['url'] === undefined && panel['preset'] === undefined) {
    return [{ path, problem: 'is missing', hint: `or name a preset: ${PRESET_NAMES.join(', ')}` }];
  }
  if (isInsecureUrl(panel['url']) && !isAllowed) {
    return [{ path, problem: 'must be https', hint: 'set allowInsecure: true to send the key in the clear' }];
  }
  return [];
}

function findDoubledIds(panels: readonly Fields[]): Problem[] {
  const firstWith = new Map<string, number>();
  return panels.flatMap((panel, index) => {
    const id = panel['id'];
    if (typeof id !== 'string') return [];
    const first = firstWith.get(id);
    if (first === undefined) {
      firstWith.set(id, index);
      return [];
    }
    const hint = 'every ID names its panel, so each panel needs its own';
    return [{ path: `panels[${index}].id`, problem: `is the id of panels[${first}] already`, hint }];
  });
}

/** An open gateway on a network would let anyone there spend the panels' money. */
function findServerProblems(server: Fields): Problem[] {
  const host = server['host'];
  if (typeof host !== 'string' || isLoopbackHost(host)) return [];
  const hint = 'listen on 127.0.0.1: whoever can reach the gateway can spend';
  return [
    {
      path: 'server.host',
      problem: 'must be loopback: anything else needs tokens, which this version does not have yet',
      hint,
    },
  ];
}

function findTrackerProblems(tracker: Fields): Problem[] {
  const [min, max] = [Number(tracker['minIntervalMs'] ?? 30_000), Number(tracker['maxIntervalMs'] ?? 3_600_000)];
  if (!(min > max)) return [];
  return [{ path: 'tracker.maxIntervalMs', problem: 'must not be below minIntervalMs' }];
}

function findRateProblems(currency: Fields): Problem[] {
  const base = typeof currency['base'] === 'string' ? currency['base'] : 'USD';
  const rate = fieldsOf(currency['rates'])[base];
  if (rate === undefined || Number(rate) === 1) return [];
  const problem = 'must be 1, since rates are prices in the base currency';
  return [{ path: 'currency.rates', problem: `the rate of the base currency ${problem}`, hint: 'leave it out' }];
}

function findTokenProblems(tokens: unknown): Problem[] {
  const isNone = tokens === undefined || (Array.isArray(tokens) && tokens.length === 0);
  if (isNone) return [];
  const problem = 'access tokens are not available in this version';
  return [{ path: 'tokens', problem, hint: 'remove them: the gateway listens on loopback only, and is open there' }];
}

function panelsOf(root: Fields): readonly Fields[] {
  const panels = root['panels'];
  return Array.isArray(panels) ? panels.map(fieldsOf) : [];
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}
