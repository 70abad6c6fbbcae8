/** A seller's own book: what was really bought. The gateway never sees it. */

/** A form that the panel has found good, and what it costs. */
export interface Draft {
  /** Stands in the link or the user name, and tells one wanted order from every other. */
  readonly mark: string;
  readonly link: string;
  readonly serviceNumber: string;
  readonly quantity: number;
  /** Taken when it is ordered; 0 where it is billed later. */
  readonly chargeMicros: number;
}

export interface Sale extends Draft {
  readonly number: string;
  readonly refills: string[];
  isCanceled: boolean;
}

export class Sales {
  readonly #all: Sale[] = [];

  make(draft: Draft, number: string): Sale {
    const sale = { ...draft, number, refills: [], isCanceled: false };
    this.#all.push(sale);
    return sale;
  }

  get all(): readonly Sale[] {
    return this.#all;
  }

  find(number: string): Sale | undefined {
    return this.#all.find((sale) => sale.number === number);
  }

  ofMark(mark: string): readonly Sale[] {
    return this.#all.filter((sale) => sale.mark === mark);
  }

  /** Whether an order is being delivered to this page, whatever stands after its `?`. */
  isBusy(link: string): boolean {
    const page = pageOf(link);
    return this.#all.some((sale) => !sale.isCanceled && pageOf(sale.link) === page);
  }
}

function pageOf(link: string): string {
  return link.split('?', 1)[0] ?? link;
}
