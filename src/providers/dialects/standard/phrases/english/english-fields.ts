/** English: what validators say behind the name of a field, as in "quantity: This field is required." */

/** That nothing was sent in the field. */
export const FIELD_IS_MISSING =
  '(this field is required|field required|required|is required|is a required field|this field may not be (blank|null)|missing data for required field|(string should have|ensure this (value|field) has) at least # (character|characters)|none is not an allowed value)';

/** That what was sent is not what the field takes. */
export const FIELD_IS_WRONG =
  '((a|not a|enter a) valid (integer|number|url|string|choice) (is required)?|value is not a valid integer|input should be a valid (integer|string|number|url) (unable to parse string as an integer|relative url without a base)?|(ensure this value is|input should be|must be) (greater|less) than (or equal to)? #|invalid or missing url scheme|invalid pk # object does not exist|incorrect type expected pk value received str)';
