/**
 * A client that wants one order and does not let go: it repeats it under its key, at whichever gateway serves, until
 * it has an answer that is final.
 */
import { pause } from '../../src/domain/time/pause.ts';
import { type GraphqlAnswer, TEST_KEY } from '../support/gateway.ts';
import type { Random } from './random.ts';

export { TEST_KEY };

export interface WantedOrder {
  readonly key: string;
  /** The marker by which the panel knows it. */
  readonly link: string;
}

/** What the client was told in the end. */
export interface ClientAnswer {
  readonly type: 'AddOrderSuccess' | 'PanelRejected' | 'OutcomeUnknown' | 'none';
  /** The order, of a success. */
  readonly number: string | null;
  readonly replayed: boolean;
  /** How often it was asked again. */
  readonly repeats: number;
  /** Answers that nobody should get: GraphQL errors, statuses, types. */
  readonly strange: readonly string[];
}

export interface ClientOptions {
  /** The address of a gateway that serves now; null where none does. */
  readonly findGateway: () => string | null;
  readonly random: Random;
  /** It hangs up once after so many ms, as an impatient one does, and asks again. */
  readonly hangUpAfterMs: number | null;
  readonly patienceMs: number;
}

const ADD = `mutation ($input: AddOrderInput!) { addOrder(input: $input) { __typename
  ... on AddOrderSuccess { number replayed } ... on Error { code message } } }`;

/** Longer than a gateway waits for a placement that is under way elsewhere. */
const LONGEST_ANSWER_MS = 40_000;

export async function buy(order: WantedOrder, options: ClientOptions): Promise<ClientAnswer> {
  const until = Date.now() + options.patienceMs;
  const strange: string[] = [];
  let limitMs = options.hangUpAfterMs;
  for (let asked = 0; ; ) {
    const url = options.findGateway();
    if (url !== null) {
      const heard = await ask(order, url, limitMs ?? LONGEST_ANSWER_MS);
      limitMs = null;
      if (heard.isFinal) return { ...heard.answer, repeats: asked, strange };
      if (heard.strange !== null) strange.push(heard.strange);
      asked += 1;
    }
    if (Date.now() > until) return { type: 'none', number: null, replayed: false, repeats: asked, strange };
    await pause(options.random.between(20, 60));
  }
}

type Heard =
  | { readonly isFinal: true; readonly answer: Pick<ClientAnswer, 'type' | 'number' | 'replayed'> }
  | { readonly isFinal: false; readonly strange: string | null };

async function ask({ key, link }: WantedOrder, url: string, timeoutMs: number): Promise<Heard> {
  const input = { serviceId: 'Service:acme:1', details: { default: { link, quantity: 100 } }, idempotencyKey: key };
  let response: Response;
  let body: string;
  try {
    response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: ADD, variables: { input } }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    body = await response.text();
  } catch {
    // The gateway died, or the client hung up: what became of the order is asked by repeating it.
    return { isFinal: false, strange: null };
  }
  return read(response.status, body);
}

function read(status: number, body: string): Heard {
  let result: { readonly __typename?: string; readonly number?: string; readonly replayed?: boolean } | null = null;
  try {
    result = (JSON.parse(body) as GraphqlAnswer).data?.addOrder ?? null;
  } catch {
    return { isFinal: false, strange: `HTTP ${status}: ${body.slice(0, 200)}` };
  }
  switch (result?.__typename) {
    case 'AddOrderSuccess':
    case 'PanelRejected':
    case 'OutcomeUnknown': {
      const { __typename: type, number = null, replayed = false } = result;
      return { isFinal: true, answer: { type, number, replayed } };
    }
    case 'PanelUnavailable':
      return { isFinal: false, strange: null };
    default:
      return { isFinal: false, strange: `HTTP ${status}: ${body.slice(0, 200)}` };
  }
}
