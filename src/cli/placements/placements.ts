import { Command, InvalidArgumentError, Option } from 'commander';
import type { LedgerStore } from '../../storage/ledger/ledger-store.ts';
import type {
  ListedPlacements,
  PlacementFilter,
  PlacementState,
} from '../../storage/ledger/placements/placement-records.ts';
import { getConfigFile } from '../serving/serve.ts';
import { configOption } from '../serving/serve-flags.ts';

interface PlacementsFlags {
  readonly config?: string;
  readonly store?: string;
  readonly state?: string;
  readonly panel?: string;
  readonly limit: number;
  readonly json?: true;
}

const STATES: Readonly<Record<string, PlacementState>> = {
  pending: 'PENDING',
  placed: 'PLACED',
  rejected: 'REJECTED',
  unknown: 'UNKNOWN',
};
const DEFAULT_LIMIT = 100;
/** The longest page of the ledger. */
const MAX_LIMIT = 5_000;

export function placementsCommand(): Command {
  return new Command('placements')
    .description('List attempts to buy, newest first, with what a person needs to settle an unknown one.')
    .addOption(configOption())
    .option('-s, --store <url>', 'sqlite:PATH or postgres://... (also PANELGRAPH_STORE; default: that of the file)')
    .addOption(new Option('--state <state>', 'only these (default: all)').choices(Object.keys(STATES)))
    .option('--panel <id>', 'only those of this panel, configured or not')
    .addOption(
      new Option('-n, --limit <number>', `at most this many, 1 to ${MAX_LIMIT}`)
        .default(DEFAULT_LIMIT)
        .argParser(readLimit),
    )
    .option('--json', 'print them as JSON')
    .addHelpText(
      'after',
      `
The command only reads, whether a gateway is running or not. Where a store is named, no configuration file is needed.

Examples:
  panelgraph placements --state unknown
  panelgraph placements --store sqlite:./panelgraph.db
  panelgraph placements --state unknown --panel acme --json`,
    )
    .action(listPlacements);
}

async function listPlacements(flags: PlacementsFlags): Promise<void> {
  const url = await findStore(flags);
  const [{ openLedgerStore }, { describePlacements, toJson }] = await Promise.all([
    import('../../storage/open-ledger-store.ts'),
    import('./placement-report.ts'),
  ]);
  const state = flags.state === undefined ? undefined : STATES[flags.state];
  const filter: PlacementFilter = {
    ...(state && { states: [state] }),
    ...(flags.panel !== undefined && { panels: [flags.panel] }),
  };
  const page = await readPage(() => openLedgerStore({ url, mode: 'reader' }), filter, flags.limit);
  console.log(flags.json ? JSON.stringify(page.placements.map(toJson), null, 2) : describePlacements(page, flags));
}

/** The store that is named, else that of the configuration, which is read only then. */
async function findStore({ config, store }: PlacementsFlags): Promise<string> {
  const { loadStore } = await import('../../config/load-store.ts');
  const named = loadStore({ store }, process.env);
  if (named !== undefined) return named;
  const file = getConfigFile(config);
  const { loadConfig } = await import('../../config/load-config.ts');
  return (await loadConfig({ file, env: process.env })).store;
}

async function readPage(
  open: () => Promise<LedgerStore>,
  filter: PlacementFilter,
  limit: number,
): Promise<ListedPlacements> {
  await using store = await open();
  return await store.placements.listPlacements(filter, { limit });
}

function readLimit(text: string): number {
  const limit = Number(text);
  if (Number.isInteger(limit) && limit >= 1 && limit <= MAX_LIMIT) return limit;
  throw new InvalidArgumentError(`It must be a whole number, 1 to ${MAX_LIMIT}.`);
}
