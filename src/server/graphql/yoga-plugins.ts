/** What the gateway adds to the way of an operation through Yoga. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ExecutionResult, type GraphQLError, getOperationAST } from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import { refusalResult } from '../http/json-response.ts';
import { EndingStream, type OpenStreams } from './ending-stream.ts';
import { type OperationLimits, parseWithinLimits } from './limits/operation-limits.ts';
import { mergeErrors } from './merge-errors.ts';

/** What Yoga is handed with each request. */
export interface ServerContext {
  req: IncomingMessage;
  res: ServerResponse;
}
export type ServerPlugin = Plugin<object, ServerContext>;

/** Parses within the limits. */
export function useLimits(limits: OperationLimits): ServerPlugin {
  return {
    onParse: ({ setParseFn }) => setParseFn((source, options) => parseWithinLimits(source, options, limits)),
  };
}

/** Formats the errors of validation, which Yoga sends as they are; it formats only what is thrown. */
export function useFormattedValidation(format: (error: unknown) => GraphQLError): ServerPlugin {
  return {
    onValidate:
      () =>
      ({ valid, result, setResult }) => {
        if (!valid) setResult(mergeErrors(result as readonly GraphQLError[]).map(format));
      },
  };
}

/** Calls `onMutation` before a mutation runs; if it throws, the mutation does not run. */
export function useMutationNotice(onMutation: (response: ServerResponse) => void): ServerPlugin {
  return {
    onExecute({ args }) {
      const operation = getOperationAST(args.document, args.operationName);
      if (operation?.operation === 'mutation') onMutation((args.contextValue as unknown as ServerContext).res);
    },
  };
}

/** Ends a subscription with its connection, and lets `streams` end all of them. */
export function useEndingStreams(streams: OpenStreams): ServerPlugin {
  return {
    onSubscribe: ({ args }) => ({
      onSubscribeResult({ result, setResult }) {
        if (!isAsyncIterable(result)) return;
        const { res } = args.contextValue as unknown as ServerContext;
        const stream = new EndingStream(result as AsyncIterable<ExecutionResult>, () => {
          streams.delete(stream);
          res.off('close', stream.end);
        });
        res.once('close', stream.end);
        setResult(stream);
        streams.add(stream);
        if (res.closed) stream.end();
      },
    }),
  };
}

/** Says which media types there are, where Yoga answers 406 with an empty body. */
export function useClearNotAcceptable(): ServerPlugin {
  const message =
    'Accept application/json or application/graphql-response+json, and text/event-stream for a subscription.';
  const text = JSON.stringify(refusalResult({ status: 406, code: 'INVALID_INPUT', message }));
  const headers = { 'Content-Type': 'application/json; charset=utf-8' };
  return {
    onResponse({ response, setResponse, fetchAPI }) {
      if (response.status === 406) setResponse(new fetchAPI.Response(text, { status: 406, headers }));
    },
  };
}
