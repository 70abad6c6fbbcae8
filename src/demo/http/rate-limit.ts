// A tenth more than the limit passes: a caller that keeps it exactly must not trip over the jitter of the network.
const TOLERANCE = 1.1;

/**
 * Creates a token bucket that holds one second's calls (at least one) and a tenth. The function takes a token and
 * says whether there was one. Without a limit there always is.
 */
export function createRateLimit(callsPerSecond: number | undefined, now: () => number): () => boolean {
  if (callsPerSecond === undefined) return () => true;
  const most = Math.max(1, callsPerSecond) * TOLERANCE;
  let tokens = most;
  let filledAt = now();
  return () => {
    tokens = Math.min(most, tokens + (Math.max(0, now() - filledAt) * callsPerSecond) / 1000);
    filledAt = now();
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}
