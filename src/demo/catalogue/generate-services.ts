import type { Flavour } from '../flavours.ts';
import type { ServiceType } from '../service-types.ts';
import { type Chance, createChance } from '../simulation/chance.ts';
import { formatUnits, unitsOfHundredThousandths } from '../units.ts';
import { OFFERS, type Offer } from './offers.ts';
import { type Language, type Tier, WORDS } from './words.ts';

/** A service on sale. */
export interface DemoService {
  id: number;
  name: string;
  type: ServiceType;
  category: string;
  /** The price of a thousand (or of a package), as the list prints it: two to five decimals. */
  rate: string;
  min: number;
  max: number;
  refill: boolean;
  cancel: boolean;
}

/** What decides a list of services. */
export interface CatalogueOptions {
  flavour: Flavour;
  /** The words of the panel's own chance. */
  seed: string;
  /** How many services; every type of the flavour is there once this is at least their number. */
  count: number;
  /** The currency of the rates; those that the market knows get a fitting level of prices. */
  currency: string;
}

const TIERS: Record<Tier, number> = { economy: 0.45, standard: 1, high: 1.9, premium: 3.6 };
const REGIONS = ['', '🇺🇸 USA', '🇹🇷 TR', '🇧🇷 BR', '🇮🇳 IN'];
const SIGNS = ['', '', '', '🔥 ', '⭐ ', '🚀 ', '💎 ', '✅ '];
const DAYS = [15, 30, 60, 90, 365];
// About the worth of a US dollar, so that panels of different currencies sell at comparable prices.
const DOLLAR: Record<string, number> = { USD: 1, EUR: 0.92, GBP: 0.79, TRY: 34, BRL: 5.4, INR: 84, RUB: 92, CNY: 7.2 };

interface Variant {
  offer: Offer;
  place: number;
  tier: Tier;
  region: string;
  server: number;
}

/** Generates the services of a panel, ordered by category with rising ids; the same options give the same list. */
export function generateServices(options: CatalogueOptions): DemoService[] {
  const chance = createChance(options.seed, 'services');
  // One level of prices a panel: one is dear, one is cheap, and yet not for every service.
  const level = (0.85 + 0.35 * chance.share()) * (DOLLAR[options.currency] ?? 1);
  let id = options.flavour.firstServiceId;
  return chooseVariants(options, chance).map((variant) => {
    const service = describe(variant, { options, chance, level, id });
    id += chance.share() < 0.8 ? 1 : chance.integer(2, 9);
    return service;
  });
}

/** Chooses what to sell from the products that all panels share: one of each type first, then by chance. */
function chooseVariants({ flavour, count }: CatalogueOptions, chance: Chance): Variant[] {
  const all = OFFERS.flatMap((offer, place) =>
    (Object.keys(TIERS) as Tier[]).flatMap((tier) =>
      REGIONS.map((region) => ({ offer, place, tier, region, server: 1 })),
    ),
  ).filter((variant) => flavour.types.includes(variant.offer.type));
  const shuffled = chance.shuffle(all);
  const first = flavour.types.map((type) => shuffled.find((variant) => variant.offer.type === type)!);
  const rest = shuffled.filter((variant) => !first.includes(variant));
  const order = [...first, ...rest];
  const chosen = Array.from({ length: count }, (_, index) => ({
    ...order[index % order.length]!,
    server: 1 + Math.floor(index / order.length),
  }));
  return chosen.sort((a, b) => a.place - b.place);
}

interface Setting {
  options: CatalogueOptions;
  chance: Chance;
  level: number;
  id: number;
}

function describe(variant: Variant, { options, chance, level, id }: Setting): DemoService {
  const { offer, tier, region } = variant;
  const refill = ['followers', 'subscribers', 'members', 'likes', 'views'].includes(offer.noun) && chance.share() < 0.6;
  const small = offer.max <= 1;
  return {
    id,
    name: nameOf(variant, { language: languageOf(options.flavour, chance), refill, chance }),
    type: offer.type,
    category: categoryOf(offer, options.flavour.languages[0]!),
    rate: rateOf(offer.price * TIERS[tier] * marketFactor(offer, tier, region) * level * (0.9 + 0.2 * chance.share())),
    min: offer.min,
    max: small ? 1 : Math.max(offer.min * 10, Math.round(offer.max * chance.pick([0.1, 0.25, 0.5, 1, 1]))),
    refill,
    cancel: chance.share() < 0.7,
  };
}

/** What the market, alike on all panels, asks more or less for a variant. */
function marketFactor(offer: Offer, tier: Tier, region: string): number {
  const chance = createChance('market', offer.platform, offer.noun, offer.note, tier, region);
  return (0.8 + 0.45 * chance.share()) * (region === '' ? 1 : 1.6);
}

/** Two in five names are English, so that the same product reads alike on several panels. */
function languageOf(flavour: Flavour, chance: Chance): Language {
  return chance.share() < 0.4 ? 'en' : chance.pick(flavour.languages);
}

function nameOf(
  { offer, tier, region, server }: Variant,
  { language, refill, chance }: { language: Language; refill: boolean; chance: Chance },
): string {
  const words = WORDS[language];
  const title = [words.of(words.nouns[offer.noun], offer.platform), offer.note, region].filter((part) => part !== '');
  const parts = [
    `${chance.pick(SIGNS)}${title.join(' ')}`,
    words.tiers[tier],
    refill ? words.refill(chance.pick(DAYS)) : words.noRefill,
    words.pace(chance.pick([1, 2, 5, 10, 25, 50, 100])),
    ...(server > 1 ? [`S${server}`] : []),
  ];
  return parts.join(' | ');
}

function categoryOf(offer: Offer, language: Language): string {
  const words = WORDS[language];
  return `${offer.platform} – ${words.nouns[offer.noun]}${offer.type === 'Subscriptions' ? ' ⏱️' : ''}`;
}

/** Rounds as panels do: dear services to cents, cheap ones to the fifth decimal. */
function rateOf(price: number): string {
  const step = price >= 500_000 ? 1_000 : price >= 20_000 ? 100 : 1;
  return formatUnits(unitsOfHundredThousandths(Math.max(step, Math.round(price / step) * step)));
}
