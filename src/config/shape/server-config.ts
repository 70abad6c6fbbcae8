import { z } from 'zod';
import { flag, text, wholeNumber } from './fields.ts';

/** Where and how the gateway listens. */
export const serverSettings = z.strictObject({
  host: text('a host name or address', /^[^\s/@]{1,253}$/, 'must be a host name or an address')
    .default('127.0.0.1')
    .describe('The address to listen on. Loopback only in this version: anything else needs access tokens.'),
  port: wholeNumber({ min: 0, max: 65_535 }).default(4000).describe('The port to listen on; 0 for a free one.'),
  graphiql: flag()
    .optional()
    .describe('Whether `/graphql` shows GraphiQL to a browser. Unset: on for a loopback host, off elsewhere.'),
  introspection: flag().default(true).describe('Whether clients may ask for the schema.'),
  allowedHosts: z
    .array(
      text('a host name', /^(?:[A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]+\])$/, 'must be a host name', 'without a port'),
    )
    .default([])
    .describe('Names beyond loopback that a `Host` header may carry, where there are tokens.'),
  corsOrigins: z
    .array(
      text(
        'an origin',
        /^https?:\/\/[^\s/?#@*]+$/,
        'must be one origin',
        'such as https://app.example, without a path; * is not allowed',
      ),
    )
    .default([])
    .describe('Web sites whose scripts may call the gateway.'),
});

export interface ServerConfig extends Omit<z.output<typeof serverSettings>, 'graphiql'> {
  graphiql: boolean;
}
