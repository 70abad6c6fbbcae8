/** Everything that an attack needs: the panels, a ledger with orders, the gateway, and the watch over its health. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pause } from '../../../src/domain/time/pause.ts';
import { TEST_KEY } from '../../support/gateway.ts';
import { ALL_PANELS, AttackPanels } from './attack-panels.ts';
import { AttackedGateway } from './attacked-gateway.ts';
import { HealthWatch } from './health-watch.ts';
import { type Answer, type Sending, sendRequest } from './send.ts';

export interface StandOptions {
  readonly checkout: string;
  readonly heapMb: number;
  /** How long an answer is waited for. */
  readonly patienceMs: number;
  /** The ledger's URL; by default a file of its own. */
  readonly store?: string;
}

const REFILLS = 20;
/** Bought a hundred at a time: one request may cause two hundred panel calls. */
const PLACEMENTS = 300;
const AT_ONCE = 100;
const SERVICE_ID = 'Service:acme:1';
const DETAILS = { default: { link: 'https://social.example/p/1', quantity: 100 } };

export class Stand implements AsyncDisposable {
  readonly panels: AttackPanels;
  readonly patienceMs: number;
  readonly #options: StandOptions;
  readonly #configFile: string;
  readonly #stack: AsyncDisposableStack;
  #gateway: AttackedGateway;
  #health: HealthWatch;
  /** An order with twenty refills. */
  orderId = '';

  private constructor(parts: {
    options: StandOptions;
    configFile: string;
    panels: AttackPanels;
    gateway: AttackedGateway;
    stack: AsyncDisposableStack;
  }) {
    this.#options = parts.options;
    this.patienceMs = parts.options.patienceMs;
    this.#configFile = parts.configFile;
    this.panels = parts.panels;
    this.#gateway = parts.gateway;
    this.#health = new HealthWatch(parts.gateway.url);
    this.#stack = parts.stack;
  }

  static async open(options: StandOptions): Promise<Stand> {
    await using opening = new AsyncDisposableStack();
    const panels = opening.use(new AttackPanels());
    await panels.listen();
    const directory = await mkdtemp(join(tmpdir(), 'panelgraph-attack-'));
    opening.defer(() => rm(directory, { recursive: true, force: true }));
    const configFile = join(directory, 'panelgraph.json');
    const store = options.store ?? `sqlite:${join(directory, 'ledger.db')}`;
    await writeFile(configFile, JSON.stringify(configuration(panels, store)));
    const gateway = opening.use(await AttackedGateway.start({ ...options, configFile }));
    const stand = new Stand({ options, configFile, panels, gateway, stack: opening.move() });
    await stand.#fillLedger();
    return stand;
  }

  get gateway(): AttackedGateway {
    return this.#gateway;
  }

  get health(): HealthWatch {
    return this.#health;
  }

  post(body: string | Buffer, sending: Sending = {}): Promise<Answer> {
    return sendRequest(this.#gateway.url, body, { ...sending, patienceMs: this.patienceMs });
  }

  get(path: string, sending: Sending = {}): Promise<Answer> {
    return sendRequest(this.#gateway.url, null, { method: 'GET', path, ...sending, patienceMs: this.patienceMs });
  }

  /** What somebody else is answered after a while. */
  async answerAfter(ms: number): Promise<Answer> {
    await pause(ms);
    return this.post(JSON.stringify({ query: '{ __typename }' }));
  }

  /** Another process in place of the present one, dead or not. */
  async restart(): Promise<void> {
    await this.#health[Symbol.asyncDispose]();
    await this.#gateway[Symbol.asyncDispose]();
    this.panels.disarm();
    this.#gateway = await AttackedGateway.start({ ...this.#options, configFile: this.#configFile });
    this.#health = new HealthWatch(this.#gateway.url);
    await this.warmUp();
  }

  /** Reads the lists, and runs what most requests need. */
  async warmUp(): Promise<void> {
    const query = '{ services(first: 50, search: "likes") { totalCount nodes { id name rate { amount } } } }';
    for (let sent = 0; sent < 3; sent += 1) await this.post(JSON.stringify({ query }));
  }

  async #fillLedger(): Promise<void> {
    const buying = `mutation ($inputs: [AddOrderInput!]!) { addOrders(inputs: $inputs) { ... on AddOrderSuccess { orderId } ... on Error { code message } } }`;
    const inputs = Array.from({ length: AT_ONCE }, () => ({ serviceId: SERVICE_ID, details: DETAILS }));
    for (let bought = 0; bought < PLACEMENTS; bought += AT_ONCE) {
      const { text } = await this.post(JSON.stringify({ query: buying, variables: { inputs } }));
      this.orderId = /"orderId":"([^"]+)"/.exec(text)?.[1] ?? '';
      if (this.orderId === '') throw new Error(`No order could be bought: ${text}`);
    }
    const refilling = 'mutation ($ids: [ID!]!) { refillOrders(orderIds: $ids) { ... on Error { code message } } }';
    const body = JSON.stringify({ query: refilling, variables: { ids: [this.orderId] } });
    for (let refill = 0; refill < REFILLS; refill += 1) {
      const answer = await this.post(body);
      if (answer.codes.size > 0) throw new Error(`No refill: ${answer.text}`);
    }
    await this.warmUp();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#health[Symbol.asyncDispose]();
    await this.#gateway[Symbol.asyncDispose]();
    await this.#stack.disposeAsync();
  }
}

function configuration(panels: AttackPanels, store: string): object {
  return {
    store,
    server: { port: 0 },
    panels: ALL_PANELS.map((id) => ({
      id,
      url: panels.urlOf(id),
      key: TEST_KEY,
      dialect: 'standard',
      currency: 'USD',
    })),
  };
}
