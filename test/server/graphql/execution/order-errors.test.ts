import { GraphQLError } from 'graphql';
import { describe, expect, it } from 'vitest';
import { orderErrors } from '../../../../src/server/graphql/execution/order-errors.ts';

function errorAt(column: number, path: readonly (string | number)[]): GraphQLError {
  const error = new GraphQLError(path.join('.'), { path });
  Object.defineProperty(error, 'locations', { value: [{ line: 1, column }] });
  return error;
}

const order = (...errors: GraphQLError[]) => orderErrors(errors).map(({ message }) => message);

describe('the errors of an answer', () => {
  it('come in the order of their fields in the document', () => {
    expect(order(errorAt(9, ['b']), errorAt(3, ['c']), errorAt(3, ['a', 0]))).toEqual(['a.0', 'c', 'b']);
  });

  it('come in the order of the list where they are of one field', () => {
    const errors = [10, 9, 0].map((at) => errorAt(3, ['a', at, 'b']));
    expect(order(...errors)).toEqual(['a.0.b', 'a.9.b', 'a.10.b']);
    expect(order(errorAt(3, ['a', 1, 'b']), errorAt(3, ['a', 1]))).toEqual(['a.1', 'a.1.b']);
  });

  it('may have no place', () => {
    expect(order(errorAt(3, ['a']), new GraphQLError('no place'))).toEqual(['no place', 'a']);
  });
});
