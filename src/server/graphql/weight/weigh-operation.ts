/** Weighs a plan with the variables of a request: how many rows, calls to panels and bytes the request asks for. */
import { readPageSize } from '../../../domain/paging.ts';
import type { FieldCost, LookUpKind, PanelQuestion } from '../../../schema/values/field-cost.ts';
import type { Variables } from '../execution/sound-variables.ts';
import type { FieldPlan, SelectionPlan } from './operation-plan.ts';
import type { PlanValue } from './plan-value.ts';

export interface Weight {
  /** List items; a field that is repeated counts each time. */
  readonly rows: number;
  /** The calls to panels that suffice where each panel answers the first time and knows what it is asked for. */
  readonly panelCalls: number;
  /** An estimate, by the typical length of each type. */
  readonly answerBytes: number;
  /** The values of all fields. */
  readonly values: number;
  /** Whether the items of each list are of similar size: they hold no rows of their own, and no JSON. */
  readonly isEven: boolean;
}

/** An operation with more values takes a turn of the event loop before it runs. */
export const VALUES_WITHOUT_A_TURN = 500;

export interface WeighOptions {
  /** By name, as they came; null where absent. */
  readonly variables: Variables;
  /** The defaults of the variables that have one. */
  readonly defaults: ReadonlyMap<string, PlanValue>;
  /** Whether the root fields run one after the other. */
  readonly isMutation: boolean;
  readonly panels: PanelFacts;
}

export interface PanelFacts {
  /** How many panels are configured. */
  readonly count: number;
  /** How many ids one call may hold, at the panel that takes the fewest. */
  readonly batchSize: number;
}

export function weighOperation(plan: SelectionPlan, options: WeighOptions): Weight {
  const scale = new Scale(options);
  scale.weighRoot(plan);
  return scale.weight();
}

/** Where a selection set stands: how many values have it, the page size of the connection around it, its level. */
interface Place {
  readonly times: number;
  readonly pageSize: number;
  readonly level: number;
  /** Whether it is within a row. */
  readonly isRow: boolean;
}

class Scale {
  readonly #options: WeighOptions;
  #rows = 0;
  #calls = 0;
  #bytes = 0;
  #values = 0;
  #isEven = true;
  /** Look-ups by their kind and level: those of one level are made together. */
  readonly #lookUps = new Map<string, number>();
  /** How often each question is asked; no panel is asked it more than once. */
  readonly #questions = new Map<PanelQuestion, number>();

  constructor(options: WeighOptions) {
    this.#options = options;
  }

  weighRoot(plan: SelectionPlan): void {
    this.#addLeaves(plan, 1);
    for (const [index, field] of plan.fields.entries()) {
      // The look-ups of one mutation never share a call with those of the next.
      const level = this.#options.isMutation ? index * LEVELS_APART : 0;
      this.#weighField(field, { times: 1, pageSize: 0, level, isRow: false });
    }
  }

  weight(): Weight {
    const { count } = this.#options.panels;
    let panelCalls = this.#calls;
    for (const asked of this.#questions.values()) panelCalls += Math.min(asked, count);
    for (const lookUps of this.#lookUps.values()) panelCalls += this.#callsFor(lookUps);
    return {
      rows: this.#rows,
      panelCalls,
      answerBytes: this.#bytes,
      values: this.#values,
      isEven: this.#isEven,
    };
  }

  /** Full batches, and at most one that is not full for each panel. */
  #callsFor(lookUps: number): number {
    const { count, batchSize } = this.#options.panels;
    return Math.min(lookUps, Math.ceil(lookUps / batchSize) + Math.max(0, count - 1));
  }

  #weighSet(plan: SelectionPlan, place: Place): void {
    this.#addLeaves(plan, place.times);
    for (const field of plan.fields) this.#weighField(field, place);
  }

  #addLeaves({ leaves, leafBytes, hasJson }: SelectionPlan, times: number): void {
    this.#values += times * leaves;
    this.#bytes += times * leafBytes;
    if (hasJson) this.#isEven = false;
  }

  #weighField(field: FieldPlan, place: Place): void {
    if (!field.conditions.every(({ isSkip, value }) => this.#read(value) !== isSkip)) return;
    const { cost, selections } = field;
    if (field.isFragment) {
      this.#weighSet(selections!, place);
      return;
    }
    const { times, pageSize, level, isRow } = place;
    const items = times * this.#itemsOf(cost, field, pageSize);
    this.#bytes += times * field.bytes;
    this.#values += items;
    if (cost.areRows) this.#rows += items;
    if (cost.areRows && isRow) this.#isEven = false;
    if (cost.lookUps) this.#addLookUps(cost.lookUps, items, level);
    if (cost.callsEach) this.#calls += items * cost.callsEach;
    if (cost.eachPanel) this.#addQuestions(cost.eachPanel, cost.isConnection ? this.#options.panels.count : items);
    if (!selections) return;
    const size = cost.isConnection ? this.#pageSize(field) : 0;
    this.#weighSet(selections, {
      times: items,
      pageSize: size,
      level: level + 1,
      isRow: isRow || cost.areRows === true,
    });
  }

  #addQuestions(question: PanelQuestion, count: number): void {
    this.#questions.set(question, (this.#questions.get(question) ?? 0) + count);
  }

  #addLookUps(kind: LookUpKind, count: number, level: number): void {
    const key = `${kind} ${level}`;
    this.#lookUps.set(key, (this.#lookUps.get(key) ?? 0) + count);
  }

  #itemsOf({ items }: FieldCost, field: FieldPlan, pageSize: number): number {
    if (items === undefined) return 1;
    if (items === 'page') return pageSize;
    if (items === 'panels') return this.#options.panels.count;
    if ('about' in items) return items.about;
    const argument = field.arguments.get(items.argument);
    const list = argument && this.#read(argument);
    if (list === undefined || list === null) return items.otherwise ? this.#options.panels.count : 0;
    return Array.isArray(list) ? list.length : 1;
  }

  #pageSize(field: FieldPlan): number {
    const read = (name: string): number | null => {
      const value = field.arguments.get(name);
      const size = value && this.#read(value);
      return typeof size === 'number' ? size : null;
    };
    return readPageSize({ first: read('first'), last: read('last') });
  }

  #read(value: PlanValue): unknown {
    if ('literal' in value) return value.literal;
    const { variables, defaults } = this.#options;
    const given = variables[value.variable];
    const initial = given === undefined ? defaults.get(value.variable) : undefined;
    return initial ? this.#read(initial) : given;
  }
}

/** More than an operation has levels. */
const LEVELS_APART = 1_000_000;
