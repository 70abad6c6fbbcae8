/** The dialects that `dialect` may name: each is a folder in src/providers/dialects. */
export const DIALECT_NAMES = ['standard', 'pica', 'smartpanel'] as const;

export type DialectName = (typeof DIALECT_NAMES)[number];

/** What a well-known panel needs beside its key. */
export interface Preset {
  readonly url: string;
  readonly dialect: DialectName;
}

/** The panels that `preset` may name. */
export const PRESETS = {
  'smm.plus': { url: 'https://smm.plus/api/v2', dialect: 'standard' },
  'smmcloud.uk': { url: 'https://smmcloud.uk/api/v2', dialect: 'standard' },
  'pica-smm.com': { url: 'https://pica-smm.com/api2/v2', dialect: 'pica' },
} as const satisfies Record<string, Preset>;

export type PresetName = keyof typeof PRESETS;

export const PRESET_NAMES = Object.keys(PRESETS) as readonly PresetName[];
