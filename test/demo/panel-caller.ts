import { type DemoPanel, type DemoPanelOptions, startDemoPanel } from '../../src/demo/demo-panel.ts';

/** A service as the list prints it. */
export interface ListedService {
  service: number;
  name: string;
  type: string;
  category: string;
  rate: string;
  min: string;
  max: string;
  refill: boolean;
  cancel?: boolean;
}

/** A running panel with a clock that the test moves. */
export interface Caller {
  panel: DemoPanel;
  clock: { now: number };
  /** Sends a form and gives the whole answer. */
  post(form: Record<string, string>): Promise<Response>;
  /** Sends a form and gives its JSON. */
  call<T = unknown>(action: string, form?: Record<string, string | number>): Promise<T>;
  services(): Promise<ListedService[]>;
  /** Places an order and gives its id; throws if it is refused. */
  place(service: ListedService, form: Record<string, string | number>): Promise<number>;
  [Symbol.asyncDispose](): Promise<void>;
}

export const KEY = 'secret-of-the-test';
export const START = Date.UTC(2026, 4, 10);

/** Starts a panel of the flavour `plus` unless told, with plenty of money. */
export async function startCaller(options: Partial<DemoPanelOptions> = {}): Promise<Caller> {
  const clock = { now: START };
  const panel = await startDemoPanel({
    ...{ name: 'test', flavour: 'plus', key: KEY, currency: 'USD', balance: '1000000', now: () => clock.now },
    ...options,
  });
  const post: Caller['post'] = (form) => fetch(panel.url, { method: 'POST', body: new URLSearchParams(form) });
  const call = async <T>(action: string, form: Record<string, string | number> = {}): Promise<T> => {
    const fields = Object.entries(form).map(([name, value]) => [name, String(value)]);
    const response = await post({ key: KEY, action, ...Object.fromEntries(fields) });
    return (await response.json()) as T;
  };
  return {
    panel,
    clock,
    post,
    call,
    services: () => call<ListedService[]>('services'),
    place: async (service, form) => {
      const answer = await call<{ order?: number }>('add', { service: service.service, ...form });
      if (answer.order === undefined) throw new Error(JSON.stringify(answer));
      return answer.order;
    },
    [Symbol.asyncDispose]: panel.close,
  };
}

/** Finds a service of a type that fits; throws if the list has none. */
export function findService(
  services: readonly ListedService[],
  type: string,
  fits: (service: ListedService) => boolean = () => true,
): ListedService {
  const found = services.find((service) => service.type === type && fits(service));
  if (found === undefined) throw new Error(`no service of type ${type}`);
  return found;
}
