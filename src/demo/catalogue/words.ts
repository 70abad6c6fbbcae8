/** The things that services deliver. */
export type Noun =
  | 'followers'
  | 'subscribers'
  | 'members'
  | 'likes'
  | 'views'
  | 'plays'
  | 'shares'
  | 'comments'
  | 'replies'
  | 'mentions'
  | 'votes'
  | 'visitors';

/** The qualities a service is sold in, cheapest first. */
export type Tier = 'economy' | 'standard' | 'high' | 'premium';

/** The languages of names: English, French, Dutch, Spanish, Turkish, Portuguese, German, Russian, Arabic, Cantonese, Kabyle. */
export type Language = 'en' | 'fr' | 'nl' | 'es' | 'tr' | 'pt' | 'de' | 'ru' | 'ar' | 'zh' | 'kab';

/** How a language says the parts of a service name. */
export interface Words {
  /** The noun with its platform, in the order of the language. */
  of: (noun: string, platform: string) => string;
  nouns: Record<Noun, string>;
  tiers: Record<Tier, string>;
  /** A guarantee of so many days. */
  refill: (days: number) => string;
  noRefill: string;
  /** So many thousand a day. */
  pace: (thousands: number) => string;
}

const NOUNS: readonly Noun[] = [
  'followers',
  'subscribers',
  'members',
  'likes',
  'views',
  'plays',
  'shares',
  'comments',
  'replies',
  'mentions',
  'votes',
  'visitors',
];

/** The words of every language. */
export const WORDS: Record<Language, Words> = {
  en: {
    of: (noun, platform) => `${platform} ${noun}`,
    nouns: nouns('Followers|Subscribers|Members|Likes|Views|Plays|Shares|Comments|Replies|Mentions|Votes|Visitors'),
    tiers: tiers('Mixed quality|Real looking|High quality|Premium, real & active'),
    refill: (days) => `${days} Days Refill ♻️`,
    noRefill: 'No Refill ⚠️',
    pace: (thousands) => `${thousands}K/Day`,
  },
  fr: {
    of: (noun, platform) => `${noun} ${platform}`,
    nouns: nouns('Abonnés|Abonnés|Membres|J’aime|Vues|Écoutes|Partages|Commentaires|Réponses|Mentions|Votes|Visiteurs'),
    tiers: tiers('Qualité mixte|Profils réalistes|Haute qualité|Premium, réels et actifs'),
    refill: (days) => `Recharge ${days} jours ♻️`,
    noRefill: 'Sans recharge',
    pace: (thousands) => `${thousands}K/jour`,
  },
  nl: {
    of: (noun, platform) => `${platform}-${noun.toLowerCase()}`,
    nouns: nouns(
      'Volgers|Abonnees|Leden|Likes|Weergaven|Luisterbeurten|Shares|Reacties|Antwoorden|Vermeldingen|Stemmen|Bezoekers',
    ),
    tiers: tiers('Gemengde kwaliteit|Echt ogend|Hoge kwaliteit|Premium, écht en actief'),
    refill: (days) => `${days} dagen bijvulling ♻️`,
    noRefill: 'Geen bijvulling',
    pace: (thousands) => `${thousands}K per dag`,
  },
  es: {
    of: (noun, platform) => `${noun} de ${platform}`,
    nouns: nouns(
      'Seguidores|Suscriptores|Miembros|Me gusta|Vistas|Reproducciones|Compartidos|Comentarios|Respuestas|Menciones|Votos|Visitantes',
    ),
    tiers: tiers('Calidad mixta|Aspecto real|Alta calidad|Premium, reales y activos'),
    refill: (days) => `Reposición ${days} días ♻️`,
    noRefill: 'Sin reposición',
    pace: (thousands) => `${thousands}K/día`,
  },
  tr: {
    of: (noun, platform) => `${platform} ${noun}`,
    nouns: nouns('Takipçi|Abone|Üye|Beğeni|İzlenme|Dinlenme|Paylaşım|Yorum|Yanıt|Bahsetme|Oy|Ziyaretçi'),
    tiers: tiers('Karışık kalite|Gerçek görünümlü|Yüksek kalite|Premium, gerçek ve aktif'),
    refill: (days) => `${days} Gün Telafili ♻️`,
    noRefill: 'Telafisiz',
    pace: (thousands) => `Günlük ${thousands}K`,
  },
  pt: {
    of: (noun, platform) => `${noun} no ${platform}`,
    nouns: nouns(
      'Seguidores|Inscritos|Membros|Curtidas|Visualizações|Reproduções|Compartilhamentos|Comentários|Respostas|Menções|Votos|Visitantes',
    ),
    tiers: tiers('Qualidade mista|Aparência real|Alta qualidade|Premium, reais e ativos'),
    refill: (days) => `Reposição ${days} dias ♻️`,
    noRefill: 'Sem reposição',
    pace: (thousands) => `${thousands} mil/dia`,
  },
  de: {
    of: (noun, platform) => `${platform}-${noun}`,
    nouns: nouns(
      'Follower|Abonnenten|Mitglieder|Likes|Aufrufe|Wiedergaben|Shares|Kommentare|Antworten|Erwähnungen|Stimmen|Besucher',
    ),
    tiers: tiers('Gemischte Qualität|Echt wirkend|Hohe Qualität|Premium, echt & aktiv'),
    refill: (days) => `${days} Tage Nachfüllgarantie ♻️`,
    noRefill: 'Ohne Nachfüllung',
    pace: (thousands) => `${thousands}K/Tag`,
  },
  ru: {
    of: (noun, platform) => `${noun} ${platform}`,
    nouns: nouns(
      'Подписчики|Подписчики|Участники|Лайки|Просмотры|Прослушивания|Репосты|Комментарии|Ответы|Упоминания|Голоса|Посетители',
    ),
    tiers: tiers('Смешанное качество|Похожи на живых|Высокое качество|Премиум, живые и активные'),
    refill: (days) => `Гарантия ${days} дней ♻️`,
    noRefill: 'Без гарантии',
    pace: (thousands) => `${thousands}К/день`,
  },
  ar: {
    of: (noun, platform) => `${noun} ${platform}`,
    nouns: nouns('متابعين|مشتركين|أعضاء|إعجابات|مشاهدات|استماعات|مشاركات|تعليقات|ردود|إشارات|أصوات|زوار'),
    tiers: tiers('جودة مختلطة|مظهر حقيقي|جودة عالية|ممتاز، حقيقي ونشط'),
    refill: (days) => `ضمان ${days} يوم ♻️`,
    noRefill: 'بدون ضمان',
    pace: (thousands) => `${thousands} ألف يوميا`,
  },
  zh: {
    of: (noun, platform) => `${platform} ${noun}`,
    nouns: nouns('追蹤者|訂閱者|成員|讚好|觀看次數|播放次數|分享|留言|回覆|提及|投票|訪客'),
    tiers: tiers('混合質素|仿真帳號|高質素|優質真人活躍'),
    refill: (days) => `${days}日補充 ♻️`,
    noRefill: '不設補充',
    pace: (thousands) => `每日${thousands}千`,
  },
  kab: {
    of: (noun, platform) => `${noun} n ${platform}`,
    nouns: nouns(
      'Imḍebbaren|Imulteɣen|Iɛeggalen|Iḥemmel|Timuɣliwin|Tiɣuri|Beṭṭu|Imeslayen|Tiririyin|Tibdarin|Tuɣac|Inerzaf',
    ),
    tiers: tiers('Taɣara yexleḍ|Am tidet|Taɣara meqqren|Premium, n tidet'),
    refill: (days) => `Aɛiwed n uččar ${days} n wussan ♻️`,
    noRefill: 'War aɛiwed n uččar',
    pace: (thousands) => `${thousands}K deg wass`,
  },
};

function nouns(words: string): Record<Noun, string> {
  const list = words.split('|');
  return Object.fromEntries(NOUNS.map((noun, index) => [noun, list[index]])) as Record<Noun, string>;
}

function tiers(words: string): Record<Tier, string> {
  const [economy = '', standard = '', high = '', premium = ''] = words.split('|');
  return { economy, standard, high, premium };
}
