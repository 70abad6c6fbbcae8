/** One HTTP request of an attacker, over a connection of its own. The answer is counted, not kept. */
import { request } from 'node:http';

export interface Sending {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer {
  /** Null where there was no whole answer; `text` says why. */
  readonly status: number | null;
  /** Every error code in it, in errors and in data. */
  readonly codes: ReadonlySet<string>;
  readonly bytes: number;
  /** Its beginning. */
  readonly text: string;
}

const KEPT_CHARACTERS = 4_000;
/** Longer than any code with its member. */
const OVERLAP = 64;

export function sendRequest(
  url: string,
  body: string | Buffer | null,
  { method = 'POST', path = '/graphql', headers = {}, patienceMs }: Sending & { patienceMs: number },
): Promise<Answer> {
  return new Promise((resolve) => {
    const reader = new AnswerReader();
    const { hostname, port } = new URL(url);
    const outgoing = request(
      { hostname, port, path, method, agent: false, headers: { 'content-type': 'application/json', ...headers } },
      (response) => {
        response.on('data', (chunk: Buffer) => reader.read(chunk));
        response.once('end', () => finish(reader.answer(response.statusCode ?? 0)));
        response.once('error', () => finish(reader.failure('the answer was cut off')));
      },
    );
    const finish = (answer: Answer): void => {
      clearTimeout(timer);
      resolve(answer);
    };
    const timer = setTimeout(() => {
      finish(reader.failure(`no answer within ${patienceMs} ms`));
      outgoing.destroy();
    }, patienceMs);
    outgoing.once('error', (error) => finish(reader.failure(`no answer: ${error.message}`)));
    outgoing.end(body ?? undefined);
  });
}

/** Reads an answer of any length in little memory. */
export class AnswerReader {
  readonly #codes = new Set<string>();
  #bytes = 0;
  #text = '';
  #carried = '';

  read(chunk: Buffer): void {
    this.#bytes += chunk.length;
    const text = this.#carried + chunk.toString('latin1');
    for (const [, code] of text.matchAll(/"code":"([A-Z_]+)"/g)) this.#codes.add(code!);
    this.#carried = text.slice(-OVERLAP);
    if (this.#text.length < KEPT_CHARACTERS) this.#text += chunk.toString('utf8', 0, KEPT_CHARACTERS);
  }

  answer(status: number): Answer {
    return { status, codes: this.#codes, bytes: this.#bytes, text: this.#text };
  }

  failure(why: string): Answer {
    return { status: null, codes: this.#codes, bytes: this.#bytes, text: why };
  }
}
