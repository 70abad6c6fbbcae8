/**
 * Refuses an operation that would ask for too much: rows, calls to panels, or bytes. It is weighed with its variables
 * before anything runs; its plan is made once for each document (docs/decisions/0017-cost-of-operations.md).
 */
import { type DocumentNode, type GraphQLSchema, getOperationAST, OperationTypeNode } from 'graphql';
import type { LimitsConfig } from '../../../config/shape/limits-config.ts';
import { CallerError } from '../../../domain/errors.ts';
import type { Variables } from '../execution/sound-variables.ts';
import { dependsOnVariables, planOperation, type SelectionPlan } from './operation-plan.ts';
import { type PlanValue, toPlanValue } from './plan-value.ts';
import { assertFewRepetitions, findRepeatedVariables, type RepeatedVariables } from './repeated-variables.ts';
import { type PanelFacts, type Weight, weighOperation } from './weigh-operation.ts';

export type WeightLimits = Pick<LimitsConfig, 'rows' | 'panelCalls' | 'answerBytes'>;

export interface OperationScaleOptions {
  readonly schema: GraphQLSchema;
  readonly limits: WeightLimits;
  readonly panels: PanelFacts;
}

export interface WeighedRequest {
  readonly document: DocumentNode;
  readonly operationName: string | null | undefined;
  readonly variables: Variables | null | undefined;
}

interface Plan {
  readonly selections: SelectionPlan;
  readonly defaults: ReadonlyMap<string, PlanValue>;
  readonly isMutation: boolean;
  readonly repeated: RepeatedVariables;
}

/** What is limited, its name in an error, and what to do about an operation that asks for more. */
const MEASURES: readonly (readonly [keyof WeightLimits, what: string, remedy: string])[] = [
  ['rows', 'list items', 'Ask for smaller pages (first, last) or fewer ids'],
  ['panelCalls', 'calls to panels', 'Ask for fewer ids or fewer panels'],
  ['answerBytes', 'bytes of an answer', 'Ask for smaller pages (first, last) or fewer fields'],
];

export class OperationScale {
  readonly #options: OperationScaleOptions;
  /** By document and operation name. A document that is forgotten takes its plans along. */
  readonly #plans = new WeakMap<DocumentNode, Map<string, Plan>>();

  constructor(options: OperationScaleOptions) {
    this.#options = options;
  }

  /** The weight of a valid request; null where the document has no such operation. */
  weigh({ document, operationName, variables }: WeighedRequest): Weight | null {
    const plan = this.#planOf(document, operationName ?? '');
    return plan && this.#weigh(plan, variables ?? {});
  }

  /** Makes the function that weighs one valid operation as `check` does. It does not hold the document. */
  createCheck(document: DocumentNode, operationName: string | undefined): (variables: Variables) => Weight {
    const plan = this.#makePlan(document, operationName ?? '');
    if (!plan) throw new Error('The document has no such operation.');
    const check = (variables: Variables): Weight => {
      const weight = this.#weigh(plan, variables);
      assertWithin(weight, this.#options.limits);
      return weight;
    };
    if (plan.repeated.size > 0 || dependsOnVariables(plan.selections)) return check;
    let weight: Weight | undefined;
    return (variables) => (weight ??= check(variables));
  }

  /**
   * The weight of a request that is within the limits, as `weigh`.
   * @throws CallerError INVALID_INPUT that names each limit that the request exceeds
   */
  check(request: WeighedRequest): Weight | null {
    const weight = this.weigh(request);
    if (weight) assertWithin(weight, this.#options.limits);
    return weight;
  }

  #weigh({ selections, defaults, isMutation, repeated }: Plan, variables: Variables): Weight {
    assertFewRepetitions(repeated, variables);
    return weighOperation(selections, { defaults, isMutation, variables, panels: this.#options.panels });
  }

  #planOf(document: DocumentNode, operationName: string): Plan | null {
    const plans = this.#plans.get(document) ?? new Map<string, Plan>();
    this.#plans.set(document, plans);
    const known = plans.get(operationName);
    if (known) return known;
    const plan = this.#makePlan(document, operationName);
    // A document has a few operations, but a request can ask for any name.
    if (plan) plans.set(operationName, plan);
    return plan;
  }

  #makePlan(document: DocumentNode, operationName: string): Plan | null {
    const operation = getOperationAST(document, operationName || null);
    if (!operation) return null;
    return {
      selections: planOperation(document, operation, this.#options.schema),
      defaults: new Map(
        (operation.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
          defaultValue ? [[variable.name.value, toPlanValue(defaultValue)] as const] : [],
        ),
      ),
      isMutation: operation.operation === OperationTypeNode.MUTATION,
      repeated: findRepeatedVariables(document, operation),
    };
  }
}

function assertWithin(weight: Weight, limits: WeightLimits): void {
  if (weight.rows <= limits.rows && weight.panelCalls <= limits.panelCalls && weight.answerBytes <= limits.answerBytes)
    return;
  const beyond = MEASURES.filter(([measure]) => weight[measure] > limits[measure]);
  const told = beyond.map(
    ([measure, what, remedy]) =>
      `It asks for ${weight[measure]} ${what}; at most ${limits[measure]} are allowed (limits.${measure}). ${remedy}.`,
  );
  throw new CallerError('INVALID_INPUT', `The operation is too large. ${told.join(' ')}`);
}
