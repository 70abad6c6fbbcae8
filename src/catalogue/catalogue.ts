/** All services of all panels. */
import { formatId, parseNodeId } from '../domain/ids.ts';
import { type ExchangeRates, UNKNOWN_CURRENCY } from '../domain/money.ts';
import { type Page, type PageArguments, pageOf, readPageArguments } from '../domain/paging.ts';
import type { Service } from '../domain/service.ts';
import { turns } from '../domain/time/turn-taking.ts';
import type { CallAllowance } from '../providers/pacing/call-allowance.ts';
import type { ListSnapshot, ServiceLists } from './lists/service-lists.ts';
import { comparesPrices, findServices, type ServiceQuery } from './search/find-services.ts';
import type { FoundServices } from './search/found-services.ts';
import { ListIndexes } from './search/list-indexes.ts';
import { MergedOrders } from './search/ordering/merged-orders.ts';

export interface CatalogueOptions {
  readonly lists: ServiceLists;
  readonly exchange: ExchangeRates;
  /** The currency of a panel's rates; XXX where it is not known. Called only where prices are compared. */
  readonly currencyOf: (panel: string) => string | Promise<string>;
  /** The indexes of the lists; by default they are made on the spot, which holds up everything else meanwhile. */
  readonly indexes?: ListIndexes;
}

export type CatalogueQuery = ServiceQuery & PageArguments;

export interface CatalogueAnswer {
  readonly page: Page<Service>;
  readonly totalCount: number;
  /** The lists behind the answer, one for each panel of the query, in the order of the configuration. */
  readonly catalogues: readonly ListSnapshot[];
}

export class Catalogue {
  readonly #lists: ServiceLists;
  readonly #exchange: ExchangeRates;
  readonly #currencyOf: CatalogueOptions['currencyOf'];
  readonly #indexes: ListIndexes;
  readonly #orders = new MergedOrders();

  constructor({ lists, exchange, currencyOf, indexes = new ListIndexes() }: CatalogueOptions) {
    this.#lists = lists;
    this.#indexes = indexes;
    this.#exchange = exchange;
    this.#currencyOf = currencyOf;
  }

  /**
   * A page of the services that match. Only the panels of the filter are read; a panel that is not configured matches
   * nothing. If a panel's list cannot be read, only its own services are missing.
   * @throws CallerError INVALID_INPUT for the paging arguments, before any panel is asked
   */
  async find(query: CatalogueQuery): Promise<CatalogueAnswer> {
    const request = readPageArguments(query, { isId: isServiceId });
    const wanted = query.filter?.panels;
    const panels = this.#lists.panels.filter((panel) => !wanted || wanted.includes(panel));
    const [catalogues, currencies] = await Promise.all([
      this.snapshots(panels),
      comparesPrices(query) ? this.#currencies(panels) : NO_CURRENCIES,
    ]);
    const currencyOf = (panel: string) => currencies.get(panel) ?? UNKNOWN_CURRENCY;
    const pricing = { exchange: this.#exchange, currencyOf };
    await turns.take();
    const services = await findServices(catalogues, query, { pricing, indexes: this.#indexes, orders: this.#orders });
    if (request.after || request.before) await this.#locate(services, catalogues);
    const page = pageOf(services, request, serviceId);
    return { page, totalCount: page.totalCount, catalogues };
  }

  /**
   * A service, from a list that may be stale. Null where the panel does not sell it or is not configured.
   * @throws ProviderError where the panel's list cannot be read
   */
  async service(panel: string, number: string): Promise<Service | null> {
    if (!this.#lists.panels.includes(panel)) return null;
    const snapshot = await this.#lists.get(panel);
    if (snapshot.fetchedAt === null && snapshot.failure) throw snapshot.failure;
    return this.#findByNumber(snapshot, number);
  }

  /**
   * The service that prices an order, from a list that is not older than its time to live, in calls that are taken from
   * `calls`. Null as for `service`.
   * @throws ProviderError where such a list cannot be fetched
   */
  async pricedService(panel: string, number: string, calls?: CallAllowance): Promise<Service | null> {
    if (!this.#lists.panels.includes(panel)) return null;
    return this.#findByNumber(await this.#lists.getFresh(panel, calls && { calls }), number);
  }

  /** The lists as they are held, in the order of `panels`, which must be configured. A panel's failure does not throw. */
  snapshots(panels: readonly string[]): Promise<ListSnapshot[]> {
    return Promise.all(panels.map((panel) => this.#lists.get(panel)));
  }

  /** As `snapshots`, but fetches the lists anew: see `ServiceLists.refresh`. */
  refresh(panels: readonly string[], calls?: CallAllowance): Promise<ListSnapshot[]> {
    return Promise.all(panels.map((panel) => this.#lists.refresh(panel, calls)));
  }

  async #findByNumber({ services }: ListSnapshot, number: string): Promise<Service | null> {
    const position = (await this.#indexes.positionsOf(services)).get(number);
    return position === undefined ? null : (services[position] ?? null);
  }

  /** Tells what was found where services are now, so that cursors find theirs. */
  async #locate(found: FoundServices, catalogues: readonly ListSnapshot[]): Promise<void> {
    const positions = new Map(
      await Promise.all(
        catalogues.map(async ({ panel, services }) => [panel, await this.#indexes.positionsOf(services)] as const),
      ),
    );
    found.knowPositions(positions);
  }

  async #currencies(panels: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return new Map(
      await Promise.all(panels.map(async (panel) => [panel, await this.#currencyOrUnknown(panel)] as const)),
    );
  }

  /** If one panel's currency cannot be read, the services of the others must still be found. */
  async #currencyOrUnknown(panel: string): Promise<string> {
    try {
      return await this.#currencyOf(panel);
    } catch {
      return UNKNOWN_CURRENCY;
    }
  }
}

const NO_CURRENCIES: ReadonlyMap<string, string> = new Map();

function serviceId(service: Service): string {
  return formatId('Service', service);
}

function isServiceId(id: string): boolean {
  return parseNodeId(id)?.type === 'Service';
}
