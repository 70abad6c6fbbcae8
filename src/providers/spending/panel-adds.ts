/**
 * Buying at one panel. Some panels demand `quantity` with forms that do not document it, others refuse it there. Where
 * the configuration does not say which, it is learned from refusals, for each form.
 */
import type { PanelConfig } from '../../config/config.ts';
import { ProviderError } from '../../domain/errors.ts';
import type { OrderFormName } from '../../domain/order-forms.ts';
import type { AddRequest, DecodeContext, Dialect, WireForm, WireValue } from '../dialect.ts';
import type { AddOptions } from '../provider.ts';
import type { Exchange } from '../transport/exchange.ts';
import type { Answer } from '../transport/panel-call.ts';

export interface PanelAddsOptions {
  readonly exchange: Pick<Exchange, 'spend' | 'unreadable'>;
  readonly dialect: Pick<Dialect, 'add' | 'demandsQuantity'>;
  readonly config: Pick<PanelConfig, 'sendQuantity' | 'idempotencyParameter'>;
}

export class PanelAdds {
  readonly #options: PanelAddsOptions;
  /** Forms that the panel takes only with `quantity`. */
  readonly #learned = new Set<OrderFormName>();

  constructor(options: PanelAddsOptions) {
    this.#options = options;
  }

  /**
   * As `Provider.add`: buys once. An order that is refused for want of a quantity is sent a second time: a refusal that
   * is known to be one has bought nothing.
   */
  async add(request: AddRequest, options: AddOptions = {}): Promise<string> {
    const { form } = request.details;
    const { config } = this.#options;
    const withQuantity = config.sendQuantity || this.#learned.has(form);
    try {
      return await this.#send(request, withQuantity, options);
    } catch (error) {
      if (withQuantity && this.#isAboutQuantity(error)) this.#learned.delete(form);
      if (withQuantity || !this.#demandsQuantity(request, error)) throw error;
    }
    // `beforeSend` has run for the first attempt, and its leave is used up.
    const { idempotencyToken } = options;
    return this.#sendAndLearn(request, idempotencyToken === undefined ? {} : { idempotencyToken });
  }

  async #sendAndLearn(request: AddRequest, options: AddOptions): Promise<string> {
    const { form } = request.details;
    try {
      const number = await this.#send(request, true, options);
      this.#learned.add(form);
      return number;
    } catch (error) {
      // The panel refuses something else: with the quantity it has read the form.
      if (isRefusal(error) && !this.#isAboutQuantity(error)) this.#learned.add(form);
      throw error;
    }
  }

  async #send(request: AddRequest, withQuantity: boolean, options: AddOptions): Promise<string> {
    const { exchange } = this.#options;
    const { slot, beforeSend, idempotencyToken } = options;
    const form = this.#formOf(request, withQuantity, idempotencyToken);
    const read = (value: WireValue, context: DecodeContext) => this.#readAnswer(value, context);
    const number = await exchange.spend({ action: 'add', form, slot, beforeSend, read });
    if (number === null) throw exchange.unreadable('add', 'it holds no order number');
    return number;
  }

  /** The order's number, or null where the answer holds none: the order is in doubt, but the panel did answer. */
  #readAnswer(value: WireValue, context: DecodeContext): Answer<string | null> {
    const reading = this.#options.dialect.add.decode(value, context);
    switch (reading.kind) {
      case 'placed':
        return { kind: 'found', value: reading.number };
      case 'refused':
        return reading;
      case 'unreadable':
        return { kind: 'found', value: null };
    }
  }

  #formOf(request: AddRequest, withQuantity: boolean, idempotencyToken?: string): WireForm {
    const { dialect, config } = this.#options;
    const form = dialect.add.encode(request, { withQuantity });
    const { idempotencyParameter } = config;
    return idempotencyParameter && idempotencyToken ? { ...form, [idempotencyParameter]: idempotencyToken } : form;
  }

  /** Whether the panel refused the form because it holds no quantity. */
  #demandsQuantity(request: AddRequest, error: unknown): boolean {
    if (!isRefusal(error) || !this.#options.dialect.demandsQuantity(error.panelMessage ?? '')) return false;
    const { add } = this.#options.dialect;
    return !('quantity' in add.encode(request)) && 'quantity' in add.encode(request, { withQuantity: true });
  }

  #isAboutQuantity(error: unknown): boolean {
    if (!isRefusal(error)) return false;
    return error.code === 'INVALID_QUANTITY' || this.#options.dialect.demandsQuantity(error.panelMessage ?? '');
  }
}

/** A refusal that is known to be one: nothing was bought. */
function isRefusal(error: unknown): error is ProviderError {
  return error instanceof ProviderError && error.outcome === 'rejected' && !error.isUnrecognisedRefusal;
}
