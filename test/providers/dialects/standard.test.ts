import { standard } from '../../../src/providers/dialects/standard/index.ts';
import { describeDialect } from '../../conformance/dialect-conformance.ts';
import { documentedExchanges } from '../../conformance/documented-exchanges.ts';

describeDialect(standard, documentedExchanges('standard'));
