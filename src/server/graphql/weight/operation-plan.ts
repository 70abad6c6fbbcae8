/** What an operation asks for, read from its text once: the plan that is weighed with the variables of each request. */
import {
  type ArgumentNode,
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  type SelectionSetNode,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
} from 'graphql';
import { type FieldCost, readCost } from '../../../schema/values/field-cost.ts';
import { fragmentsByName } from '../limits/fragments.ts';
import { introspectionCost } from './introspection-cost.ts';
import { type PlanValue, toPlanValue } from './plan-value.ts';
import { typicalBytes } from './typical-bytes.ts';

export interface SelectionPlan {
  /** The leaves that cost nothing but their bytes: how many one value has, and how long they are together. */
  readonly leaves: number;
  readonly leafBytes: number;
  /** Whether a leaf is JSON, which may be of any size. */
  readonly hasJson: boolean;
  /** The fields that are not leaves, or that have a cost. */
  readonly fields: readonly FieldPlan[];
}

/** A leaf that costs nothing but its bytes. */
interface LeafPlan {
  readonly kind: 'leaf';
  readonly bytes: number;
  readonly isJson: boolean;
}

export interface FieldPlan {
  readonly kind: 'field';
  readonly cost: FieldCost;
  /** The bytes of the key, and of an empty value. */
  readonly bytes: number;
  readonly arguments: ReadonlyMap<string, PlanValue>;
  /** The conditions of `@skip` and `@include`. */
  readonly conditions: readonly Condition[];
  readonly selections: SelectionPlan | null;
  /** Whether it is no field but a fragment with conditions, whose selections belong to the set that it stands in. */
  readonly isFragment: boolean;
}

interface Condition {
  readonly isSkip: boolean;
  readonly value: PlanValue;
}

const NO_COST: FieldCost = {};
/** Quotes, a colon and a comma. */
const KEY_BYTES = 4;

export function planOperation(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  schema: GraphQLSchema,
): SelectionPlan {
  const root = schema.getRootType(operation.operation);
  return root ? new Planner(document, schema).plan(root, operation.selectionSet) : NOTHING;
}

/** Whether two requests with the same plan may weigh differently. */
export function dependsOnVariables({ fields }: SelectionPlan): boolean {
  return fields.some(({ cost, conditions, arguments: given, selections }) => {
    const isVariable = (name: string): boolean => 'variable' in (given.get(name) ?? {});
    const counts = typeof cost.items === 'object' && 'argument' in cost.items && isVariable(cost.items.argument);
    const pages = cost.isConnection === true && (isVariable('first') || isVariable('last'));
    const isConditional = conditions.some(({ value }) => 'variable' in value);
    return counts || pages || isConditional || (selections !== null && dependsOnVariables(selections));
  });
}

const NOTHING: SelectionPlan = { leaves: 0, leafBytes: 0, hasJson: false, fields: [] };

class Planner {
  readonly #schema: GraphQLSchema;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** Each fragment is planned once, however often it is spread. */
  readonly #planned = new Map<string, SelectionPlan>();

  constructor(document: DocumentNode, schema: GraphQLSchema) {
    this.#schema = schema;
    this.#fragments = fragmentsByName(document);
  }

  plan(type: GraphQLCompositeType, { selections }: SelectionSetNode): SelectionPlan {
    let leaves = 0;
    let leafBytes = 2;
    let hasJson = false;
    const fields: FieldPlan[] = [];
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const field = this.#planField(type, selection);
        if (field.kind === 'field') {
          fields.push(field);
        } else {
          leaves += 1;
          leafBytes += field.bytes;
          hasJson ||= field.isJson;
        }
        continue;
      }
      const part =
        selection.kind === Kind.FRAGMENT_SPREAD
          ? this.#planFragment(selection.name.value)
          : this.plan(this.#conditionOf(selection.typeCondition, type), selection.selectionSet);
      // A fragment adds its fields to the set that it stands in; its conditions hold for all of them.
      const conditions = readConditions(selection.directives);
      if (conditions.length > 0) {
        fields.push({ ...NO_FIELD, conditions, selections: part, isFragment: true });
      } else {
        leaves += part.leaves;
        leafBytes += part.leafBytes;
        hasJson ||= part.hasJson;
        fields.push(...part.fields);
      }
    }
    return { leaves, leafBytes, hasJson, fields };
  }

  #planFragment(name: string): SelectionPlan {
    const known = this.#planned.get(name);
    if (known) return known;
    const fragment = this.#fragments.get(name);
    const type = fragment && this.#schema.getType(fragment.typeCondition.name.value);
    const plan = fragment && isCompositeType(type) ? this.plan(type, fragment.selectionSet) : NOTHING;
    this.#planned.set(name, plan);
    return plan;
  }

  #conditionOf(condition: { readonly name: { readonly value: string } } | undefined, type: GraphQLCompositeType) {
    const named = condition && this.#schema.getType(condition.name.value);
    return isCompositeType(named) ? named : type;
  }

  #planField(type: GraphQLCompositeType, node: FieldNode): FieldPlan | LeafPlan {
    const field = this.#fieldOf(type, node.name.value);
    const bytes = (node.alias ?? node.name).value.length + KEY_BYTES;
    if (!field) return { kind: 'leaf', bytes, isJson: false };
    const named = getNamedType(field.type);
    const cost = introspectionCost(type.name, field.name) ?? readCost(field.extensions);
    const leaf = isCompositeType(named) ? 0 : typicalBytes(named.name);
    if (!cost && leaf > 0) {
      return { kind: 'leaf', bytes: bytes + leaf * (isListType(field.type) ? 2 : 1), isJson: named.name === 'JSON' };
    }
    return {
      kind: 'field',
      cost: cost ?? NO_COST,
      bytes: bytes + leaf,
      arguments: new Map(
        (node.arguments ?? []).map(({ name, value }: ArgumentNode) => [name.value, toPlanValue(value)]),
      ),
      conditions: readConditions(node.directives),
      selections: node.selectionSet && isCompositeType(named) ? this.plan(named, node.selectionSet) : null,
      isFragment: false,
    };
  }

  #fieldOf(type: GraphQLCompositeType, name: string): GraphQLField<unknown, unknown> | undefined {
    if (name === TypeNameMetaFieldDef.name) return TypeNameMetaFieldDef;
    if (type === this.#schema.getQueryType()) {
      if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
      if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
    }
    return isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
  }
}

const NO_FIELD = { kind: 'field', cost: NO_COST, bytes: 0, arguments: new Map<string, PlanValue>() } as const;

function readConditions(directives: readonly DirectiveNode[] = []): Condition[] {
  return directives.flatMap(({ name, arguments: given }) => {
    const value = given?.find((argument) => argument.name.value === 'if')?.value;
    const isCondition = name.value === 'skip' || name.value === 'include';
    return isCondition && value ? [{ isSkip: name.value === 'skip', value: toPlanValue(value) }] : [];
  });
}
