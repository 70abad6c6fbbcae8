import { describe, expect, it } from 'vitest';
import { standard } from '../../../src/providers/dialects/standard/index.ts';
import { serviceTypeOf } from '../../../src/providers/dialects/standard/reading/order-types.ts';
import { parseExactJson } from '../../../src/providers/json/exact-json.ts';

const context = { panel: 'acme', at: new Date(0) };
const list = (json: string) => standard.services.decode(parseExactJson(json), context);

/** The JSON of one entry, with the members that are given in the place of the usual ones. */
function entry(members: string, service = '"service":7,'): string {
  const usual = ['"name":"N"', '"category":"C"', '"type":"Default"', '"rate":"1"', '"min":"1"', '"max":"10"'];
  const named = [...members.matchAll(/"(\w+)":/g)].map(([, name]) => name);
  const rest = usual.filter((each) => !named.some((name) => each.startsWith(`"${name}"`)));
  return `{${service}${[...rest, ...(members === '' ? [] : [members])].join(',')}}`;
}
const one = (members: string) => list(`[${entry(members)}]`)?.services[0];

describe('a service', () => {
  it('has what the entry says, and null where it says nothing', () => {
    expect(one('')).toEqual({
      panel: 'acme',
      number: '7',
      name: 'N',
      category: 'C',
      type: 'DEFAULT',
      typeText: 'Default',
      rate: '1',
      min: 1,
      max: 10,
      refill: null,
      cancel: null,
      dripFeed: null,
      description: null,
      averageTime: null,
    });
  });

  it.each([
    ['0.00011999999999999999', '0.00011999999999999999'],
    ['"1,500.50000"', '1500.50000'],
    ['0', '0'],
    ['99999999', '99999999'],
    ['0.90', '0.90'],
    ['1.5e-3', '0.0015'],
  ])('has the rate %s, exact', (json, rate) => {
    expect(one(`"rate":${json}`)?.rate).toBe(rate);
  });

  it.each([
    ['"1,000"', 1000],
    ['"100.0"', 100],
    ['1e3', 1000],
    ['99999999999999999999', Number.MAX_SAFE_INTEGER],
    ['"-99999999999999999999"', -Number.MAX_SAFE_INTEGER],
  ])('has the limit %s', (json, limit) => {
    expect(one(`"min":${json},"max":${json}`)).toMatchObject({ min: limit, max: limit });
  });

  it.each(['0', '"0"', '0.0'])('has no maximum where it is %s', (json) => {
    expect(one(`"min":${json},"max":${json}`)).toMatchObject({ min: 0, max: Number.MAX_SAFE_INTEGER });
    expect(one(`"min":10,"max":${json}`)).toMatchObject({ min: 10, max: Number.MAX_SAFE_INTEGER });
  });

  it('keeps limits that sell nothing', () => {
    expect(one('"min":"100","max":"10"')).toMatchObject({ min: 100, max: 10 });
  });

  it.each([
    ...['true', '1', '"1"', '"true"', '"TRUE"', '"yes"'].map((json) => [json, true] as const),
    ...['false', '0', '"0"', '"false"', '"No"'].map((json) => [json, false] as const),
    ...['null', '""', '2', '"maybe"', '[]', '{}'].map((json) => [json, null] as const),
  ])('reads the flag %s as %s', (json, flag) => {
    const service = one(`"refill":${json},"cancel":${json},"dripfeed":${json}`);
    expect(service).toMatchObject({ refill: flag, cancel: flag, dripFeed: flag });
  });

  it('has its texts in one piece', () => {
    expect(
      one('"name":"  Ins&#116;agram &amp; co\\r\\n \\t👍\\u00a0x\\u0000 ","category":" &lt;A&gt; "'),
    ).toMatchObject({
      name: 'Instagram & co 👍 x',
      category: '<A>',
    });
    expect(one('"name":"\\ud800x","category":null')).toMatchObject({ name: '\ufffdx', category: '' });
    expect(one('"name":"see ?a=1&copy=2"')?.name).toBe('see ?a=1&copy=2');
  });

  it('keeps the line breaks of its description', () => {
    expect(one('"description":" a &amp; b\\r\\nc\\rd\\n\\ne "')?.description).toBe('a & b\nc\nd\n\ne');
    expect(one('"desc":"short"')?.description).toBe('short');
    expect(one('"desc":"short","description":" "')?.description).toBe('short');
    expect(one('"description":" \\n "')?.description).toBeNull();
  });

  it('has its average time as the panel words it', () => {
    expect(one('"average_time":" 1 hour  5 minutes "')?.averageTime).toBe('1 hour 5 minutes');
    expect(one('"average_time":35')?.averageTime).toBe('35');
    expect(one('"average_time":null')?.averageTime).toBeNull();
  });

  it.each([
    ...['"name":null', '"name":""', '"name":"&nbsp; "', '"name":{}', '"rate":null', '"rate":"-1"', '"rate":"1,5"'],
    ...['"rate":"free"', '"min":null', '"min":""', '"min":1.5', '"max":true', '"max":"many"'],
  ])('is skipped and counted for %s', (members) => {
    expect(list(`[${entry(members)},${entry('', '"service":8,')}]`)).toMatchObject({
      services: [{ number: '8' }],
      skippedCount: 1,
    });
  });

  it.each(['""', 'null', '{}', '"1,2"', '"a b"', 'true'])('is skipped and counted for the id %s', (id) => {
    expect(list(`[${entry('', `"service":${id},`)}]`)).toEqual({ services: [], skippedCount: 1 });
  });

  it.each(['123456789012345678901', '"a7-uuid"', '" 12 "'])('may have the id %s', (id) => {
    expect(list(`[${entry('', `"service":${id},`)}]`)?.services[0]?.number).toBe(id.replace(/["\s]/g, ''));
  });
});

describe('a list of services', () => {
  const [a, b] = [entry('', '"service":1,'), entry('', '"service":2,')];
  const numbers = (json: string) => list(json)?.services.map((service) => service.number);

  it('may be a list, a map by id, or wrapped', () => {
    for (const json of [
      `[${a},${b}]`,
      `{"1":${a},"2":${b}}`,
      `{"1":${entry('', '')},"2":${entry('', '"service":null,')}}`,
      `{"data":[${a},${b}]}`,
      `{"status":"success","services":[${a},${b}]}`,
      `{"data":{"services":{"1":${a},"2":${b}}}}`,
      `{"status":"success","1":${a},"2":${b}}`,
    ]) {
      expect(numbers(json)).toEqual(['1', '2']);
      expect(list(json)?.skippedCount).toBe(0);
    }
  });

  it('keeps the first of a doubled id and counts the rest', () => {
    const json = `[${entry('"name":"first"')},${entry('"name":"second"')},${entry('"name":"third"', '"service":" 7 ",')}]`;
    expect(list(json)).toMatchObject({ services: [{ name: 'first' }], skippedCount: 2 });
  });

  it('counts what is no entry', () => {
    expect(list(`[${a},null,"x",[],{}]`)).toMatchObject({ services: [{ number: '1' }], skippedCount: 4 });
    expect(list(`{"1":${a},"2":"x"}`)).toMatchObject({ services: [{ number: '1' }], skippedCount: 1 });
  });

  it.each([
    ...['[]', '{"status":"success","data":"Empty Data"}', '{"data":[]}', '{"data":{}}', '{"services":[]}'],
    ...['{"status":"success","data":""}', '{"data":"No services"}'],
  ])('is empty for %s', (json) => {
    expect(list(json)).toEqual({ services: [], skippedCount: 0 });
  });

  it.each([
    ...['{}', 'null', '"x"', 'true', '["a","b"]', '{"status":"success"}', '{"data":"Oops"}', '{"data":null}'],
    ...['{"balance":"1","currency":"USD"}', '{"a":{"b":1}}', '[[]]'],
  ])('is none for %s', (json) => {
    expect(list(json)).toBeNull();
  });
});

describe('the word for a type', () => {
  it.each([
    [
      'CUSTOM_COMMENTS',
      ['Custom Comments', 'custom comments', 'custom_comments', 'Custom Comment', ' CUSTOM  COMMENTS '],
    ],
    ['CUSTOM_COMMENTS_PACKAGE', ['Custom Comments Package', 'custom_comment_package', 'custom-comments-package']],
    ['COMMENT_REPLIES', ['Comment Replies', 'comment_reply', 'Comments Replies']],
    ['MENTIONS', ['Mentions', 'mention']],
    ['MENTIONS_WITH_HASHTAGS', ['Mentions with Hashtags', 'mentions_with_hashtag']],
    ['MENTIONS_HASHTAG', ['Mentions Hashtag', 'mentions_hashtags']],
    ['MENTIONS_MEDIA_LIKERS', ['Mentions Media Likers']],
    ['INVITES_FROM_GROUPS', ['Invites from Groups', 'invites_from_group']],
    ['SUBSCRIPTIONS', ['Subscriptions', 'subscription']],
    ['WEB_TRAFFIC', ['Web Traffic', 'Web traffic', 'web_traffic']],
    ['SEO', ['SEO', 'seo']],
    ['DEFAULT', ['Default', 'default', '', ' ']],
    ['OTHER', ['Special', '默认', '-', 'Default 2', 'constructor', 'customcomments!x']],
  ])('means %s in each of its spellings', (type, words) => {
    for (const word of words) expect(serviceTypeOf(word)).toBe(type);
  });

  it('is kept, trimmed', () => {
    expect(one('"type":" Special "')).toMatchObject({ type: 'OTHER', typeText: 'Special' });
    expect(one('"type":null')).toMatchObject({ type: 'DEFAULT', typeText: '' });
  });
});
