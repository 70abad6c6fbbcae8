/** Services, lists and a clock for the tests of the catalogue. */
import type { ListSnapshot } from '../../../src/catalogue/lists/service-lists.ts';
import { ProviderError, type ProviderErrorDetails } from '../../../src/domain/errors.ts';
import { SERVICE_TYPES, type Service, type ServiceList } from '../../../src/domain/service.ts';
import type { Clock } from '../../../src/domain/time/clock.ts';

export class HeldClock implements Clock {
  #now = Date.UTC(2026, 10, 20);

  now(): number {
    return this.#now;
  }

  advance(ms: number): void {
    this.#now += ms;
  }
}

export function service(fields: Partial<Service> = {}): Service {
  return {
    panel: 'acme',
    number: '1',
    name: 'Followers',
    category: 'Instagram',
    type: 'DEFAULT',
    typeText: 'Default',
    rate: '0.90',
    min: 10,
    max: 1000,
    refill: null,
    cancel: null,
    dripFeed: null,
    description: null,
    averageTime: null,
    ...fields,
  };
}

export function listOf(...services: Service[]): ServiceList {
  return { services, skippedCount: 0 };
}

export function snapshot(panel: string, services: readonly Partial<Service>[]): ListSnapshot {
  return {
    panel,
    services: services.map((fields, at) => service({ number: String(at + 1), ...fields, panel })),
    skippedCount: 0,
    fetchedAt: new Date(0),
    stale: false,
    error: null,
    failure: null,
  };
}

export function providerError(details: Partial<ProviderErrorDetails> = {}): ProviderError {
  return new ProviderError({
    panel: 'acme',
    action: 'services',
    outcome: 'unknown',
    code: 'PANEL_TIMEOUT',
    message: 'Panel acme did not answer in time.',
    ...details,
  });
}

/** Many different services, the same ones at each call. */
export function generateServices(panel: string, count: number): Service[] {
  const platforms = ['Instagram', 'TikTok', 'YouTube', 'Télégram', '抖音', 'تويتر', 'Вконтакте', '𝐓𝐰𝐢𝐭𝐭𝐞𝐫'];
  const things = ['Followers', 'Likes', 'Views 🔥', 'Kommentare', 'Beğeni', '粉丝'];
  return Array.from({ length: count }, (_, at) =>
    service({
      panel,
      number: String(1000 + at),
      name: `${platforms[at % 8]} ${things[(at * 7 + Math.floor(at / 8)) % 6]} [${(at * 31) % 97}K] ${at}`,
      category: `${platforms[at % 8]} ${things[(at * 7 + Math.floor(at / 8)) % 6]}`,
      type: SERVICE_TYPES[(at * 5) % SERVICE_TYPES.length] ?? 'OTHER',
      rate: `${(at * 7919) % 401}.${String((at * 104_729) % 100_000).padStart(5, '0')}`,
      min: 1 + ((at * 13) % 100),
      max: 100 + ((at * 17) % 100_000),
      refill: [true, false, null][at % 3] ?? null,
      cancel: [false, null, true, true][at % 4] ?? null,
    }),
  );
}

/** A panel whose answers the test gives. */
export class HeldPanel {
  readonly cacheKey: string;
  readonly calls: PromiseWithResolvers<ServiceList>[] = [];

  constructor(cacheKey = 'key-1') {
    this.cacheKey = cacheKey;
  }

  fetchServices(): Promise<ServiceList> {
    const call = Promise.withResolvers<ServiceList>();
    this.calls.push(call);
    return call.promise;
  }
}

/** A panel that answers at once with what `answer` gives or throws. */
export class ReadyPanel {
  readonly cacheKey: string;
  calls = 0;
  answer: () => ServiceList;

  constructor(answer: () => ServiceList, cacheKey = 'key-1') {
    this.answer = answer;
    this.cacheKey = cacheKey;
  }

  async fetchServices(): Promise<ServiceList> {
    this.calls += 1;
    return this.answer();
  }
}
