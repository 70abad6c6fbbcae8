import { randomBytes } from 'node:crypto';
import { DEMO_FLAVOURS, type DemoFlavour, type DemoPanelOptions } from './demo-panel-options.ts';

const MONEY: Record<DemoFlavour, { currency: string; balance: string }> = {
  plus: { currency: 'USD', balance: '100.84292' },
  cloud: { currency: 'GBP', balance: '250' },
  pica: { currency: 'EUR', balance: '75.5' },
};

/** The key of each flavour, drawn once a process: whoever asks again reaches the panels that already run. */
const KEYS = new Map<DemoFlavour, string>();

/** The three panels of the demo, one a flavour, named `plus`, `cloud` and `pica`; their keys last as long as the process. */
export function demoPanels(): DemoPanelOptions[] {
  return DEMO_FLAVOURS.map((flavour) => ({ name: flavour, flavour, key: keyOf(flavour), ...MONEY[flavour] }));
}

function keyOf(flavour: DemoFlavour): string {
  const key = KEYS.get(flavour) ?? randomBytes(16).toString('hex');
  KEYS.set(flavour, key);
  return key;
}
