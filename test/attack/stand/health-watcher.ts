/** A worker that asks /health/live again and again, on a loop of its own, and keeps the longest wait. */
import { Agent, get } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';

const { url, everyMs } = workerData as { url: string; everyMs: number };
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

let longestMs = 0;
let askedAt: number | null = null;
/** Called when an answer has come. */
let onAnswer: (() => void) | null = null;

function ask(): void {
  askedAt = performance.now();
  const asked = get(`${url}/health/live`, { agent }, (response) => {
    response.resume();
    response.once('end', () => next(true));
  });
  asked.once('error', () => next(false));
}

function next(isAnswered: boolean): void {
  if (isAnswered) {
    longestMs = Math.max(longestMs, performance.now() - (askedAt ?? 0));
    onAnswer?.();
  }
  askedAt = null;
  setTimeout(ask, isAnswered ? everyMs : 100);
}

parentPort!.on('message', (message: 'reset' | 'read') => {
  if (message === 'reset') longestMs = 0;
  // What waits now counts too, once it is answered.
  onAnswer = () => {
    onAnswer = null;
    parentPort!.postMessage(longestMs);
  };
});
ask();
