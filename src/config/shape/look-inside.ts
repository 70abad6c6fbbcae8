/** Looks inside a zod schema, for hints and for the reference. */
import { z } from 'zod';

/** The fields of an object, through defaults and `optional`; undefined where it is none. */
export function objectShape(schema: z.core.$ZodType): Record<string, z.core.$ZodType> | undefined {
  const inner = unwrapped(schema);
  return inner instanceof z.ZodObject ? inner.shape : undefined;
}

/** What a list holds; undefined where it is none. */
export function arrayElement(schema: z.core.$ZodType): z.core.$ZodType | undefined {
  const inner = unwrapped(schema);
  return inner instanceof z.ZodArray ? inner.element : undefined;
}

/** The schema itself, without default and `optional`. */
export function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodOptional) {
    return unwrapped(schema.def.innerType);
  }
  return schema;
}

/** The default of a plain value; undefined where there is none. */
export function defaultOf(schema: z.core.$ZodType): unknown {
  return schema instanceof z.ZodDefault ? schema.def.defaultValue : undefined;
}

/** Whether a value must be given. */
export function isRequired(schema: z.core.$ZodType): boolean {
  return unwrapped(schema) === schema;
}
