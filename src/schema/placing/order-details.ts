/** The order forms as input types: one member of OrderDetails for each type of service. */
import {
  ORDER_FORMS,
  type OrderDetails,
  type OrderFieldSpec,
  type OrderFieldValue,
  type OrderFormName,
} from '../../domain/order-forms.ts';
import type { ServiceType } from '../../domain/service.ts';
import { builder } from '../builder.ts';

type Form = Exclude<OrderFormName, 'other'>;
/** What GraphQL hands over of one member: absent fields are undefined or null. */
type FormInput = Readonly<Record<string, OrderFieldValue | null | undefined>>;
type DetailsInput = Readonly<Partial<Record<Form, FormInput | null>>> & {
  readonly other?: readonly { readonly name: string; readonly value: string }[] | null;
};

const field = (type: ServiceType, name: string): OrderFieldSpec => {
  const spec = ORDER_FORMS[type].fields.find((each) => each.name === name);
  if (!spec) throw new Error(`The form of ${type} has no field ${name}.`);
  return spec;
};

/** The GraphQL types of the contract; kinds alone do not tell them (a CHOICE is an Int, an INTEGER may be one). */
type Kind = 'string' | 'safeInt' | 'int' | 'strings' | 'date';
const INT_FIELDS: ReadonlySet<string> = new Set([
  'runs',
  'interval',
  'posts',
  'oldPosts',
  'delay',
  'device',
  'typeOfTraffic',
]);

function kindOf({ name, kind }: OrderFieldSpec): Kind {
  if (INT_FIELDS.has(name)) return 'int';
  if (kind === 'INTEGER') return 'safeInt';
  if (kind === 'LINES') return 'strings';
  return kind === 'DATE' ? 'date' : 'string';
}

function formInput(typeName: string, type: ServiceType) {
  const { fields } = ORDER_FORMS[type];
  return builder.inputType(typeName, {
    description: 'Texts are trimmed; list items must not be blank or hold line breaks.',
    fields: (t) =>
      Object.fromEntries(
        fields.map((spec) => {
          const { name, required } = spec;
          const options = { required, description: describe(field(type, name)) };
          const byKind = {
            int: () => t.int(options),
            safeInt: () => t.field({ type: 'SafeInt', ...options }),
            strings: () => t.stringList(options),
            date: () => t.field({ type: 'Date', ...options }),
            string: () => t.string(options),
          };
          return [name, byKind[kindOf(spec)]()];
        }),
      ),
  });
}

function describe({ description, choices }: OrderFieldSpec): string {
  return choices ? `${description} One of ${choices.join(', ')}.` : description;
}

const CustomCommentsInput = formInput('CustomCommentsDetails', 'CUSTOM_COMMENTS');
const FORM_INPUTS = {
  default: formInput('DefaultDetails', 'DEFAULT'),
  package: formInput('PackageDetails', 'PACKAGE'),
  customComments: CustomCommentsInput,
  customCommentsPackage: CustomCommentsInput,
  subscription: formInput('SubscriptionDetails', 'SUBSCRIPTIONS'),
  commentLikes: formInput('CommentLikesDetails', 'COMMENT_LIKES'),
  commentReplies: formInput('CommentRepliesDetails', 'COMMENT_REPLIES'),
  mentions: formInput('MentionsDetails', 'MENTIONS'),
  mentionsWithHashtags: formInput('MentionsWithHashtagsDetails', 'MENTIONS_WITH_HASHTAGS'),
  mentionsCustomList: formInput('MentionsCustomListDetails', 'MENTIONS_CUSTOM_LIST'),
  mentionsHashtag: formInput('MentionsHashtagDetails', 'MENTIONS_HASHTAG'),
  mentionsUserFollowers: formInput('MentionsUserFollowersDetails', 'MENTIONS_USER_FOLLOWERS'),
  mentionsMediaLikers: formInput('MentionsMediaLikersDetails', 'MENTIONS_MEDIA_LIKERS'),
  poll: formInput('PollDetails', 'POLL'),
  invitesFromGroups: formInput('InvitesFromGroupsDetails', 'INVITES_FROM_GROUPS'),
  seo: formInput('SeoDetails', 'SEO'),
  webTraffic: formInput('WebTrafficDetails', 'WEB_TRAFFIC'),
} as const;

const OrderParameterInput = builder.inputType('OrderParameter', {
  description: "One of the panel's own parameters, sent as given.",
  fields: (t) => ({
    name: t.string({ required: true, description: "The panel's own name of it." }),
    value: t.string({ required: true, description: 'Its value.' }),
  }),
});

export const OrderDetailsInput = builder.inputType('OrderDetails', {
  description: "The one form that fits the service's type; `Service.orderForm` names it.",
  isOneOf: true,
  fields: (t) => ({
    ...Object.fromEntries(
      Object.entries(FORM_INPUTS).map(([name, type]) => [
        name,
        t.field({ type, required: false, description: `Fits services whose orderForm is \`${name}\`.` }),
      ]),
    ),
    other: t.field({
      type: [OrderParameterInput],
      required: false,
      description: "For a type that the gateway does not know: the panel's own parameter names.",
    }),
  }),
});

/** The form that was filled in, texts trimmed and absent fields left out. */
export function readOrderDetails(input: unknown): OrderDetails {
  const { other, ...forms } = input as DetailsInput;
  if (other)
    return { form: 'other', parameters: other.map(({ name, value }) => ({ name: name.trim(), value: value.trim() })) };
  const [form, values] = Object.entries(forms).find(([, each]) => each) ?? [];
  if (!form || !values) throw new Error('OrderDetails holds no form, which @oneOf excludes.');
  const given = Object.entries(values).flatMap(([name, value]) =>
    value === null || value === undefined ? [] : [[name, trimmed(value)] as const],
  );
  return { form: form as Form, values: Object.fromEntries(given) };
}

function trimmed(value: OrderFieldValue): OrderFieldValue {
  if (typeof value === 'string') return value.trim();
  return Array.isArray(value) ? value.map((line: string) => line.trim()) : value;
}
