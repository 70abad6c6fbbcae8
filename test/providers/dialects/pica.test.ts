import { pica } from '../../../src/providers/dialects/pica/index.ts';
import { describeDialect } from '../../conformance/dialect-conformance.ts';
import { documentedExchanges } from '../../conformance/documented-exchanges.ts';

describeDialect(pica, documentedExchanges('pica'));
