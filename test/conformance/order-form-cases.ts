/** For each type of service an order with all its fields, and the form that is sent for it. */
import type { OrderDetails } from '../../src/domain/order-forms.ts';
import type { ServiceType } from '../../src/domain/service.ts';
import type { WireForm } from '../../src/providers/dialect.ts';

export interface OrderFormCase {
  readonly details: OrderDetails;
  /** Without `action` and `service`, in the order of the panels' pages. */
  readonly sent: WireForm;
}

const link = 'https://example.com/p/1';
const wireLink = { link };
const counted = { link, quantity: 100 };
const wireCounted = { link, quantity: '100' };

export const ORDER_FORM_CASES: Readonly<Record<ServiceType, OrderFormCase>> = {
  DEFAULT: {
    details: { form: 'default', values: { interval: 60, runs: 3, ...counted } },
    sent: { ...wireCounted, runs: '3', interval: '60' },
  },
  PACKAGE: { details: { form: 'package', values: { link } }, sent: wireLink },
  CUSTOM_COMMENTS: {
    details: { form: 'customComments', values: { link, comments: ['Très bien', '👍 100 %'] } },
    sent: { ...wireLink, comments: 'Très bien\n👍 100 %' },
  },
  CUSTOM_COMMENTS_PACKAGE: {
    details: { form: 'customCommentsPackage', values: { link, comments: ['one', 'two', 'three'] } },
    sent: { ...wireLink, comments: 'one\ntwo\nthree' },
  },
  SUBSCRIPTIONS: {
    details: {
      form: 'subscription',
      values: { username: 'ada', min: 10, max: 20, posts: 0, oldPosts: 5, delay: 0, expiry: '2026-12-05' },
    },
    sent: { username: 'ada', min: '10', max: '20', posts: '0', old_posts: '5', delay: '0', expiry: '05/12/2026' },
  },
  COMMENT_LIKES: {
    details: { form: 'commentLikes', values: { ...counted, username: 'ada' } },
    sent: { ...wireCounted, username: 'ada' },
  },
  COMMENT_REPLIES: {
    details: { form: 'commentReplies', values: { link, username: 'ada', comments: ['yes', 'no'] } },
    sent: { ...wireLink, username: 'ada', comments: 'yes\nno' },
  },
  MENTIONS: {
    details: { form: 'mentions', values: { ...counted, usernames: ['ada', 'bob'] } },
    sent: { ...wireCounted, usernames: 'ada\nbob' },
  },
  MENTIONS_WITH_HASHTAGS: {
    details: { form: 'mentionsWithHashtags', values: { ...counted, hashtags: ['#a', '#b'], usernames: ['ada'] } },
    sent: { ...wireCounted, usernames: 'ada', hashtags: '#a\n#b' },
  },
  MENTIONS_CUSTOM_LIST: {
    details: { form: 'mentionsCustomList', values: { link, usernames: ['ada', 'bob'] } },
    sent: { ...wireLink, usernames: 'ada\nbob' },
  },
  MENTIONS_HASHTAG: {
    details: { form: 'mentionsHashtag', values: { ...counted, hashtag: '#a' } },
    sent: { ...wireCounted, hashtag: '#a' },
  },
  MENTIONS_USER_FOLLOWERS: {
    details: { form: 'mentionsUserFollowers', values: { ...counted, username: 'ada' } },
    sent: { ...wireCounted, username: 'ada' },
  },
  MENTIONS_MEDIA_LIKERS: {
    details: { form: 'mentionsMediaLikers', values: { ...counted, media: 'https://example.com/m' } },
    sent: { ...wireCounted, media: 'https://example.com/m' },
  },
  POLL: {
    details: { form: 'poll', values: { ...counted, answerNumber: '7' } },
    sent: { ...wireCounted, answer_number: '7' },
  },
  INVITES_FROM_GROUPS: {
    details: { form: 'invitesFromGroups', values: { ...counted, groups: ['one', 'two'] } },
    sent: { ...wireCounted, groups: 'one\ntwo' },
  },
  SEO: {
    details: { form: 'seo', values: { ...counted, keywords: ['cheap shoes', 'red shoes'] } },
    sent: { ...wireCounted, keywords: 'cheap shoes\nred shoes' },
  },
  WEB_TRAFFIC: {
    details: {
      form: 'webTraffic',
      values: {
        ...counted,
        runs: 2,
        interval: 30,
        country: 'US',
        device: 5,
        typeOfTraffic: 1,
        googleKeyword: 'shoes',
        referringUrl: 'https://example.com/r',
      },
    },
    sent: {
      ...wireCounted,
      runs: '2',
      interval: '30',
      country: 'US',
      device: '5',
      type_of_traffic: '1',
      google_keyword: 'shoes',
      referring_url: 'https://example.com/r',
    },
  },
  OTHER: {
    details: {
      form: 'other',
      parameters: [
        { name: 'link', value: ' as given ' },
        { name: 'Odd_Name', value: '' },
      ],
    },
    sent: { link: ' as given ', Odd_Name: '' },
  },
};
