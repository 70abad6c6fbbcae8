/** The languages that panels speak. A new one is a file like the others, and a row here. */
import { arabic } from './asian/arabic.ts';
import { chinese } from './asian/chinese.ts';
import { hindi } from './asian/hindi.ts';
import { indonesian } from './asian/indonesian.ts';
import { vietnamese } from './asian/vietnamese.ts';
import { english } from './english/english.ts';
import { dutch } from './european/dutch.ts';
import { french } from './european/french.ts';
import { german } from './european/german.ts';
import { italian } from './european/italian.ts';
import { polish } from './european/polish.ts';
import { portuguese } from './european/portuguese.ts';
import { russian } from './european/russian.ts';
import { spanish } from './european/spanish.ts';
import { turkish } from './european/turkish.ts';
import type { Language } from './language.ts';

export const LANGUAGES: Readonly<Record<string, Language>> = {
  english,
  spanish,
  portuguese,
  turkish,
  vietnamese,
  russian,
  arabic,
  indonesian,
  hindi,
  dutch,
  french,
  chinese,
  german,
  italian,
  polish,
};
