/**
 * Kills a gateway at a random moment while orders are under way, again and again on one ledger, and checks after each
 * time that no order is lost and none was bought twice.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LOCAL_CALLER } from '../../src/access/caller.ts';
import { pause } from '../../src/domain/time/pause.ts';
import type { LedgerStore, PlacementRecord } from '../../src/storage/ledger/ledger-store.ts';
import { openLedgerStore } from '../../src/storage/open-ledger-store.ts';
import { findViolations } from './crash-check.ts';
import { buy, type ClientAnswer, TEST_KEY, type WantedOrder } from './crash-client.ts';
import { type CrashPanel, startCrashPanel } from './crash-panel.ts';
import { GatewaySlot } from './gateway-slot.ts';
import { createRandom, type Random } from './random.ts';

export interface CrashRunOptions {
  /** Where the ledger lies: a directory is made for `sqlite`, otherwise the URL of an empty database. */
  readonly store: 'sqlite' | `postgres${string}`;
  /** How many gateways share it; on SQLite one. */
  readonly gateways: number;
  readonly rounds: number;
  readonly ordersPerRound: number;
  /** How many `add`s are under way at a time, over all gateways; by default as many as the gateway allows by itself. */
  readonly addConcurrency?: number;
  readonly seed: number;
  /** Told of each round as it ends. */
  readonly onRound?: (figures: RoundFigures) => void;
}

export interface RoundFigures {
  readonly round: number;
  readonly orders: number;
  /** When the gateway was killed, in ms after the first order. */
  readonly killedAfterMs: number;
  /** A second time, while it started again. */
  readonly killedTwice: boolean;
  /** Orders that the panel had taken and not answered by then, of all gateways. */
  readonly atPanelWhenKilled: number;
  /** Orders that the panel sold. */
  readonly bought: number;
  readonly placed: number;
  readonly rejected: number;
  readonly unknown: number;
  /** Unknown ones whose gateway was killed; of the others the panel's answer was no answer. */
  readonly unknownByKill: number;
  /** Unknown ones that the panel had sold. */
  readonly unknownBought: number;
  /** Placements that were never sent at first, and then tried again under their key. */
  readonly retried: number;
  /** Requests that clients repeated. */
  readonly repeats: number;
  /** From the kill until nothing that was PENDING then was so any more. */
  readonly settledAfterMs: number;
  readonly violations: readonly string[];
}

export interface CrashFigures {
  readonly rounds: readonly RoundFigures[];
  /** What the gateways logged as errors. */
  readonly logged: readonly string[];
  readonly violations: readonly string[];
}

const FIRST_ORDERS_WITHIN_MS = 150;
/** How many calls a gateway makes at a time. */
const CONCURRENCY = 8;
/** What an order costs one of these calls, on average. */
const CALL_MS = 110;
const PATIENCE_MS = 60_000;
const LONGEST_SETTLING_MS = 20_000;

export async function runCrashes(options: CrashRunOptions): Promise<CrashFigures> {
  await using stack = new AsyncDisposableStack();
  const random = createRandom(options.seed);
  const panel = stack.use(await startCrashPanel(random));
  const directory = await mkdtemp(join(tmpdir(), 'panelgraph-crash-'));
  stack.defer(() => rm(directory, { recursive: true, force: true }));
  const storeUrl = options.store === 'sqlite' ? `sqlite:${join(directory, 'ledger.db')}` : options.store;
  const configFile = join(directory, 'panelgraph.json');
  await writeFile(configFile, JSON.stringify(configuration(panel.url, storeUrl, options.addConcurrency)));
  const slots = Array.from({ length: options.gateways }, () => stack.use(new GatewaySlot(configFile)));
  for (const slot of slots) slot.start();
  await Promise.all(slots.map(({ ready }) => ready));

  const run = new CrashRun({ random, panel, slots, storeUrl, ordersPerRound: options.ordersPerRound });
  const rounds: RoundFigures[] = [];
  for (let round = 1; round <= options.rounds; round += 1) {
    const figures = await run.round(round);
    rounds.push(figures);
    options.onRound?.(figures);
  }
  const late = await run.checkAll();
  for (const slot of slots) await slot.kill();
  const logged = slots.flatMap((slot) => slot.logged);
  return { rounds, logged, violations: [...rounds.flatMap(({ violations }) => violations), ...late] };
}

function configuration(panelUrl: string, store: string, addConcurrency: number | undefined): object {
  const acme = { id: 'acme', url: panelUrl, dialect: 'standard', key: TEST_KEY, currency: 'USD' };
  const panels = [{ ...acme, concurrency: CONCURRENCY, addConcurrency }];
  // Follows orders soon enough that the tracker too is at work when the gateway dies.
  return { panels, store, server: { port: 0 }, tracker: { minIntervalMs: 5_000 } };
}

interface CrashRunParts {
  readonly random: Random;
  readonly panel: CrashPanel;
  readonly slots: readonly GatewaySlot[];
  readonly storeUrl: string;
  readonly ordersPerRound: number;
}

class CrashRun {
  readonly #parts: CrashRunParts;
  readonly #all: WantedOrder[] = [];

  constructor(parts: CrashRunParts) {
    this.#parts = parts;
  }

  async round(round: number): Promise<RoundFigures> {
    const { random, panel, slots } = this.#parts;
    const orders = this.#newOrders(round);
    const clients = orders.map((order) => this.#wait(order));
    const killedAfterMs = Math.round(random.between(0, this.#latestKillMs()));
    const victim = random.pick(slots);
    await pause(killedAfterMs);
    const atPanelWhenKilled = panel.underWay;
    await victim.kill();
    const killedAt = Date.now();
    victim.start();
    const killedTwice = await this.#maybeKillAgain(victim);
    const settledAfterMs = await this.#settled(victim, killedAt);
    const answers = await Promise.all(clients);
    await victim.ready;
    // Asked once more, each key brings what the ledger says, and buys nothing.
    const again = await Promise.all(orders.map((order) => this.#ask(order, null)));
    const found = await this.#check(orders, (index) => [...(answers[index] ?? []), again[index]!]);
    const count = (predicate: (placement: PlacementRecord) => boolean): number =>
      found.placements.filter((placement) => placement !== null && predicate(placement)).length;
    const isSold = ({ idempotencyKey }: PlacementRecord): boolean => panel.soldFor(linkOf(idempotencyKey)).length > 0;
    return {
      round,
      orders: orders.length,
      killedAfterMs,
      killedTwice,
      atPanelWhenKilled,
      bought: orders.filter(({ link }) => panel.soldFor(link).length > 0).length,
      placed: count(({ state }) => state === 'PLACED'),
      rejected: count(({ state }) => state === 'REJECTED'),
      unknown: count(({ state }) => state === 'UNKNOWN'),
      unknownBought: count((placement) => placement.state === 'UNKNOWN' && isSold(placement)),
      unknownByKill: count(isLostByKill),
      retried: count(({ attempt }) => attempt > 1),
      repeats: answers.flat().reduce((sum, { repeats }) => sum + repeats, 0),
      settledAfterMs,
      violations: [
        ...found.violations,
        ...findTakenFromTheLiving(found.placements, killedTwice ? 2 : 1).map((text) => `round ${round}: ${text}`),
      ],
    };
  }

  /** Every order of every round once more, against the panel and the ledger as they are in the end. */
  async checkAll(): Promise<string[]> {
    const { violations } = await this.#check(this.#all, () => []);
    await using store = await this.#openReader();
    const [known, adds] = [await store.placements.countPlacements({}), this.#parts.panel.addCount];
    if (known !== this.#all.length) violations.push(`${known} placements of ${this.#all.length} orders`);
    if (adds > this.#all.length) violations.push(`${adds} adds for ${this.#all.length} orders`);
    return violations;
  }

  #newOrders(round: number): WantedOrder[] {
    const orders = Array.from({ length: this.#parts.ordersPerRound }, (_, index) => {
      const key = `round-${round}-order-${index}`;
      return { key, link: linkOf(key) };
    });
    this.#all.push(...orders);
    return orders;
  }

  /** While most orders are under way still. */
  #latestKillMs(): number {
    const { slots, ordersPerRound } = this.#parts;
    return FIRST_ORDERS_WITHIN_MS + (0.7 * ordersPerRound * CALL_MS) / (CONCURRENCY * slots.length);
  }

  /** One client, or two that hold the same key. */
  async #wait(order: WantedOrder): Promise<ClientAnswer[]> {
    const { random } = this.#parts;
    const isDouble = random.chance(0.1);
    const hangUpAfterMs = random.chance(0.1) ? random.between(5, 300) : null;
    await pause(random.between(0, FIRST_ORDERS_WITHIN_MS));
    return Promise.all([this.#ask(order, hangUpAfterMs), ...(isDouble ? [this.#ask(order, null)] : [])]);
  }

  #ask(order: WantedOrder, hangUpAfterMs: number | null): Promise<ClientAnswer> {
    const { random, slots } = this.#parts;
    const findGateway = (): string | null => {
      const serving = slots.flatMap(({ url }) => url ?? []);
      return serving.length === 0 ? null : random.pick(serving);
    };
    return buy(order, { findGateway, random, hangUpAfterMs, patienceMs: PATIENCE_MS });
  }

  /** Now and then it dies again while it starts, or while it settles what the first death left. */
  async #maybeKillAgain(victim: GatewaySlot): Promise<boolean> {
    const { random } = this.#parts;
    if (!random.chance(0.2)) return false;
    await pause(random.between(100, 1_200));
    await victim.kill();
    victim.start();
    return true;
  }

  /** On SQLite the reader waits for the gateway, so that nothing but the gateway itself brings the file back. */
  async #settled(victim: GatewaySlot, killedAt: number): Promise<number> {
    if (this.#parts.slots.length === 1) await victim.ready;
    await using store = await this.#openReader();
    const pending = async () =>
      (await store.placements.listPlacements({ states: ['PENDING'] }, { limit: 5000 })).placements;
    const attemptOf = ({ id, attempt }: PlacementRecord): string => `${id} ${attempt}`;
    const left = new Set((await pending()).map(attemptOf));
    while (left.size > 0 && Date.now() - killedAt < LONGEST_SETTLING_MS) {
      await pause(25);
      const still = new Set((await pending()).map(attemptOf));
      for (const id of left) if (!still.has(id)) left.delete(id);
    }
    return Date.now() - killedAt;
  }

  async #check(orders: readonly WantedOrder[], answersOf: (index: number) => readonly ClientAnswer[]) {
    await using store = await this.#openReader();
    const placements = await Promise.all(orders.map(({ key }) => store.placements.findByKey(LOCAL_CALLER.name, key)));
    const violations = orders.flatMap((order, index) =>
      findViolations({ order, placement: placements[index] ?? null, answers: answersOf(index) }, this.#parts.panel),
    );
    return { placements, violations };
  }

  #openReader(): Promise<LedgerStore> {
    return openLedgerStore({ url: this.#parts.storeUrl, mode: 'reader' });
  }
}

function isLostByKill({ state, error }: PlacementRecord): boolean {
  return state === 'UNKNOWN' && error?.message.startsWith('The gateway stopped') === true;
}

/** Only what a dead gateway left may be settled by others: as many owners as kills, at most. */
function findTakenFromTheLiving(placements: readonly (PlacementRecord | null)[], kills: number): string[] {
  const lost = placements.filter((placement) => placement !== null && isLostByKill(placement));
  const owners = new Set(lost.map((placement) => placement?.owner));
  return owners.size > kills ? [`${owners.size} gateways lost orders, and ${kills} were killed`] : [];
}

function linkOf(key: string): string {
  return `https://example.com/${key}`;
}
