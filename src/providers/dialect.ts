/**
 * The wire language of a family of panels, as a plain value: for each action how a request is written and how an
 * answer is read. Pure: no I/O, no key (the transport adds it), no clock but the instant that is passed in.
 */
import type { Outcome, ProviderCode } from '../domain/errors.ts';
import type { OrderState, PanelAmount, RefillState } from '../domain/order.ts';
import type { OrderDetails } from '../domain/order-forms.ts';
import type { ServiceList } from '../domain/service.ts';

export type Action = 'services' | 'balance' | 'add' | 'status' | 'refill' | 'refill_status' | 'cancel';

/** The fields of a request without `key`, in the order in which they are sent; `action` is one of them. */
export type WireForm = Readonly<Record<string, string>>;

/** Parsed JSON in which each number is its source text, so that no digit is lost. */
export type WireValue = string | boolean | null | readonly WireValue[] | { readonly [key: string]: WireValue };

/** A panel's words for a refusal, classified. `unknown` where they tell of the panel's own failure. */
export interface Refusal {
  readonly code: ProviderCode;
  readonly outcome: Outcome;
  /**
   * Whether the words are known to mean this. An `add` that is refused in unknown words has the outcome `unknown`: only
   * the panel's balance can tell that nothing was bought.
   */
  readonly isRecognised: boolean;
  /** The panel's own words, trimmed. Not yet redacted. */
  readonly panelMessage: string;
}

/** What a multi answer says of one id. */
export type Reading<T> =
  | { readonly kind: 'found'; readonly value: T }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** The id is not in the answer. */
  | { readonly kind: 'missing' }
  /** The id is there, but what the answer says of it cannot be read. `why` is the reason, where it is known. */
  | { readonly kind: 'unreadable'; readonly why?: string };

/** What the answer of an `add` proves. */
export type AddReading =
  | { readonly kind: 'placed'; readonly number: string }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'unreadable' };

/** An order as it is to be bought. */
export interface AddRequest {
  /** The panel's number of the service. */
  readonly service: string;
  readonly details: OrderDetails;
}

export interface AddEncoding {
  /** Whether `quantity` is sent with forms that do not document it, as some panels demand. Default false. */
  readonly withQuantity?: boolean;
}

/** How a request is written and its answer read. `decode` is called only where `decodeRefusal` has found no refusal. */
export interface SingleCodec<I, O> {
  encode(input: I): WireForm;
  /** Null where the answer cannot be read. */
  decode(value: WireValue, context: DecodeContext): O | null;
}

/** The codec of the list of services, which may be long. */
export interface ListCodec extends SingleCodec<void, ServiceList> {
  /**
   * As `decode`, but finds the entries in the text and parses them one by one, so that a long list needs little memory.
   * Both `decode` and `ListOutline.decode` throw UnreadableAnswerError where the reason is known.
   * @throws SyntaxError where the text is no whole JSON
   * @throws UnreadableAnswerError where there are too many entries
   */
  outline(json: string): ListOutline;
}

export interface ListOutline {
  /** The answer with most of its entries left out, to tell a refusal by. */
  readonly digest: WireValue;
  /** Null where the answer is no list. @throws SyntaxError where an entry is no JSON */
  decode(context: DecodeContext): ServiceList | null;
}

/** A codec for several ids in one call: the answer is sorted back to the ids that were asked for. */
export interface MultiCodec<O> {
  encode(numbers: readonly string[]): WireForm;
  /** One reading for each of `numbers`; null where the whole answer cannot be read. */
  decode(value: WireValue, numbers: readonly string[], context: DecodeContext): ReadonlyMap<string, Reading<O>> | null;
}

export interface DecodeContext {
  /** The panel's id. */
  readonly panel: string;
  /** When the answer came. */
  readonly at: Date;
  /** 200 by default. */
  readonly httpStatus?: number;
}

/** What tells an error beside the answer itself. */
export interface RefusalHints {
  /** 200 by default; under 4xx any words are an error. */
  readonly httpStatus?: number;
  /** Knows texts for errors besides those that the dialect knows; none by default. */
  readonly isRefusal?: (text: string) => boolean;
}

export interface Dialect {
  readonly name: string;
  /** How many ids one call may hold. */
  readonly maxBatchSize: number;
  /** Text that separates two comments at these panels, as the end of a line does: no comment may hold it. */
  readonly commentSeparator: string | null;
  readonly services: ListCodec;
  readonly balance: SingleCodec<void, PanelAmount>;
  readonly add: {
    encode(request: AddRequest, options?: AddEncoding): WireForm;
    /** Reads the whole answer, its refusal included. */
    decode(value: WireValue, hints?: RefusalHints): AddReading;
  };
  readonly status: { readonly single: SingleCodec<string, OrderState>; readonly multi: MultiCodec<OrderState> };
  readonly refillStatus: { readonly single: SingleCodec<string, RefillState>; readonly multi: MultiCodec<RefillState> };
  /** The result is the number of the refill. */
  readonly refill: { readonly single: SingleCodec<string, string>; readonly multi: MultiCodec<string> };
  /**
   * Only the multi form is documented. The single form is for panels that refuse it; its answer is read as the answer
   * for one of several. `found` holds true: the panel has taken the request.
   */
  readonly cancel: { readonly single: Pick<SingleCodec<string, true>, 'encode'>; readonly multi: MultiCodec<true> };
  /**
   * The refusal of a whole call; null where the answer is no refusal. `action` decides between the meanings of words
   * that have several.
   */
  decodeRefusal(value: WireValue, action: Action, hints?: RefusalHints): Refusal | null;
  /** Classifies a panel's words. */
  classify(text: string, action: Action): Refusal;
  /** Whether the words of a refused `add` ask for `quantity`. */
  demandsQuantity(text: string): boolean;
  /** Whether the words of a refused `refill` or `cancel` are about how its orders were named. */
  refusesTheForm(text: string): boolean;
}
