/**
 * Checks the caller's own parameters, those of the form `other`. Two parameters are refused where a panel may read them
 * as one: the panel would use the last, while the gateway prices the order by the first. A value is refused where a
 * panel may read it as another number.
 */
import type { InputIssue } from '../../domain/errors.ts';
import type { OrderParameter } from '../../domain/order-forms.ts';
import { OWN_PARAMETERS } from '../../providers/dialects/standard/add/add-fields.ts';
import { valueProblem } from './text-problems.ts';

const NAME = /^[A-Za-z][\w[\]-]{0,63}$/;
/** The parameters by which panels count or multiply what is bought, as `nameAsRead` gives them. */
const COUNTING: ReadonlySet<string> = new Set(['quantity', 'runs', 'min', 'max', 'posts', 'oldposts']);

export interface ParameterRules {
  /** The problem with a quantity at this service; null where there is none. */
  readonly quantityProblem: (quantity: number) => string | null;
  /** The parameter that the gateway itself sends to this panel, besides those that it sends to all; null where none. */
  readonly idempotencyParameter: string | null;
}

/** Every problem of the parameters. Paths begin at the order's input. */
export function findParameterIssues(
  parameters: readonly OrderParameter[],
  { quantityProblem, idempotencyParameter }: ParameterRules,
): InputIssue[] {
  if (parameters.length === 0) {
    return [{ path: ['details', 'other'], message: 'It must hold at least one parameter.' }];
  }
  const sent = new Map(
    [...OWN_PARAMETERS, ...(idempotencyParameter ? [idempotencyParameter] : [])].map((own) => [nameAsRead(own), own]),
  );
  const seen = new Map<string, string>();
  return parameters.flatMap(({ name, value }, index) => {
    const read = nameAsRead(name);
    const problem = problemOfName(name, { own: sent.get(read), earlier: seen.get(read) });
    if (problem) return [issueOf(index, 'name', problem)];
    seen.set(read, name);
    const wrongValue =
      valueProblem(value) ?? (COUNTING.has(read) ? problemOfCount(read, value, quantityProblem) : null);
    return wrongValue ? [issueOf(index, 'value', wrongValue)] : [];
  });
}

/**
 * The name as the most lenient panel reads it: without case, `_` and `-`, and without what follows a bracket, as in
 * `quantity[]` and `quantity[0]`. Names that come out equal may be one parameter to a panel.
 */
export function nameAsRead(name: string): string {
  const [base = ''] = name.split('[', 1);
  return base.replaceAll(/[^A-Za-z0-9]/g, '').toLowerCase();
}

/** A number that every program reads in the same way. Null for any other text, even one that begins with a number. */
export function readCount(value: string): number | null {
  if (!/^(?:0|[1-9][0-9]{0,15})$/.test(value)) return null;
  const count = Number(value);
  return Number.isSafeInteger(count) ? count : null;
}

function problemOfName(
  name: string,
  { own, earlier }: { readonly own: string | undefined; readonly earlier: string | undefined },
): string | null {
  if (!NAME.test(name)) return 'It is no parameter name.';
  if (own !== undefined) {
    return name === own ? `The gateway itself sends \`${name}\`.` : `A panel may read \`${name}\` as \`${own}\`.`;
  }
  if (earlier === undefined) return null;
  return earlier === name
    ? `\`${name}\` is given twice.`
    : `It is given twice: a panel may read \`${earlier}\` and \`${name}\` as one.`;
}

/** A quantity must be a number. The others may be words, such as `auto`, which hold no digits to be read differently. */
function problemOfCount(
  read: string,
  value: string,
  quantityProblem: (quantity: number) => string | null,
): string | null {
  const count = readCount(value);
  if (count !== null) return read === 'quantity' ? quantityProblem(count) : null;
  return read === 'quantity' || /\p{N}/u.test(value) ? 'It must be a whole number, in plain digits.' : null;
}

function issueOf(index: number, field: 'name' | 'value', message: string): InputIssue {
  return { path: ['details', 'other', String(index), field], message };
}
