/** Refuses names that an executor may take for something else, and names that are too long. */
import { type DocumentNode, type Token, TokenKind } from 'graphql';
import { CallerError } from '../../../domain/errors.ts';

/** graphql-js compares an unknown name with every name that it knows, which takes long for a long one. */
const LONGEST_NAME = 200;

/** @throws CallerError INVALID_INPUT for a name that is too long, or a variable's name that means something already */
export function assertSoundNames(document: DocumentNode): void {
  let isVariable = false;
  for (let token: Token | null | undefined = document.loc?.startToken; token; token = token.next) {
    if (token.kind === TokenKind.NAME) assertSoundName(token.value, isVariable);
    isVariable = token.kind === TokenKind.DOLLAR;
  }
}

function assertSoundName(name: string, isVariable: boolean): void {
  if (name.length > LONGEST_NAME) {
    const start = name.slice(0, 20);
    throw refuse(`The name ${start}... has ${name.length} letters; a name has at most ${LONGEST_NAME}.`);
  }
  if (isVariable && (name.startsWith('__') || isObjectMember(name))) {
    throw refuse(`The variable $${name} needs another name: this one belongs to JavaScript or to GraphQL itself.`);
  }
}

/**
 * Whether every JavaScript object has a member of this name. An executor that keeps values by name in an object would
 * find one that nobody gave.
 */
export const isObjectMember = (name: string): boolean => name in Object.prototype;

const refuse = (message: string) => new CallerError('INVALID_INPUT', message);
