import { GatewayError } from '../../domain/errors.ts';
import { formatProblem, type Problem } from './problems.ts';

export type { Problem } from './problems.ts';

/** Everything that is wrong with the configuration, at once; the message has one problem a line and no value. */
export class ConfigError extends GatewayError {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super('INVALID_INPUT', problems.map(formatProblem).join('\n'));
    this.problems = problems;
  }
}
