/** The order forms as GraphQL input types: one member of OrderDetails for each type of service. */
import {
  ORDER_FORMS,
  type OrderDetails,
  type OrderFieldSpec,
  type OrderFieldValue,
  type OrderFormName,
  type OrderParameter,
} from '../../domain/order-forms.ts';
import type { ServiceType } from '../../domain/service.ts';
import { MOST_LINES, MOST_PARAMETERS } from '../../orders/checking/details-size.ts';
import { builder } from '../builder.ts';

type Form = Exclude<OrderFormName, 'other'>;
/** One member as GraphQL hands it over. Absent fields are undefined or null. */
type FormInput = Readonly<Record<string, OrderFieldValue | null | undefined>>;
type DetailsInput = Readonly<Partial<Record<Form, FormInput | null>>> & {
  readonly other?: readonly OrderParameter[] | null;
};

type FieldBuilder = Parameters<NonNullable<Parameters<typeof builder.inputType>[1]['fields']>>[0];

/** The input type of a form, drawn from its table. */
function formInput(typeName: string, type: ServiceType) {
  return builder.inputType(typeName, {
    description: 'Texts are trimmed. The items of a list must not be blank or hold line breaks.',
    fields: (t) => Object.fromEntries(ORDER_FORMS[type].fields.map((spec) => [spec.name, inputField(t, spec)])),
  });
}

function inputField(t: FieldBuilder, spec: OrderFieldSpec) {
  const options = { required: spec.required, description: describe(spec) };
  switch (spec.kind) {
    case 'INTEGER':
      // A quantity may be beyond what Int holds.
      return spec.limits ? t.field({ type: 'SafeInt', ...options }) : t.int(options);
    case 'CHOICE':
      return t.int(options);
    case 'LINES':
      return t.stringList(options);
    case 'DATE':
      return t.field({ type: 'Date', ...options });
    case 'BOOLEAN':
      return t.boolean(options);
    case 'TEXT':
    case 'LINK':
      return t.string(options);
    default:
      return spec.kind satisfies never;
  }
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
    name: t.string({ required: true, description: "The panel's own name of the parameter." }),
    value: t.string({ required: true, description: 'The value, sent as given.' }),
  }),
});

export const OrderDetailsInput = builder.inputType('OrderDetails', {
  description: 'Exactly one form, the one that `Service.orderForm` names.',
  isOneOf: true,
  fields: (t) => ({
    ...Object.fromEntries(
      Object.entries(FORM_INPUTS).map(([name, type]) => [
        name,
        t.field({ type, required: false, description: `For services whose orderForm is \`${name}\`.` }),
      ]),
    ),
    other: t.field({
      type: [OrderParameterInput],
      required: false,
      description: "For services whose orderForm is `other`: the panel's own parameters.",
    }),
  }),
});

/**
 * The form that was filled in, with texts trimmed and absent fields left out. Lists that are too long stay as they are,
 * since their order is refused.
 */
export function readOrderDetails(input: unknown): OrderDetails {
  const { other, ...forms } = input as DetailsInput;
  if (other) return { form: 'other', parameters: other.length > MOST_PARAMETERS ? other : other.map(trimmedParameter) };
  const [form, values] = Object.entries(forms).find(([, each]) => each) ?? [];
  if (!form || !values) throw new Error('OrderDetails holds no form, which @oneOf excludes.');
  const given = Object.entries(values).flatMap(([name, value]) =>
    value === null || value === undefined ? [] : [[name, trimmed(value)] as const],
  );
  return { form: form as Form, values: Object.fromEntries(given) };
}

function trimmed(value: OrderFieldValue): OrderFieldValue {
  if (typeof value === 'string') return value.trim();
  return Array.isArray(value) && value.length <= MOST_LINES ? value.map((line: string) => line.trim()) : value;
}

const trimmedParameter = ({ name, value }: OrderParameter): OrderParameter => ({
  name: name.trim(),
  value: value.trim(),
});
