/** Finds the known form of an operation by its text. A text is read for it when it comes for the second time. */
import { OperationTypeNode } from 'graphql';
import { createDocumentCache } from '../document-cache.ts';
import { type CompileOptions, compileOperation, type KnownOperation } from './compile-operation.ts';
import { keepMutation } from './keep-mutation.ts';
import { type OperationText, readOperation } from './valid-operation.ts';

/** What is noted of a text that is not known: to read it takes milliseconds, which pay off only if it comes again. */
type Note = { readonly isForYoga: boolean };
const CAME_ONCE: Note = { isForYoga: false };
const FOR_YOGA: Note = { isForYoga: true };

/** Of the texts that are not known, which take some two bytes a character. */
const NOTED_CHARACTERS = 1_000_000;
/** A part takes 3 to 7 KB once it has run: code, and the text of the code. Some 35 MB in all. */
const KNOWN_PARTS = 5000;
/** What any operation takes besides, counted in parts. */
const PARTS_OF_ANY = 5;

/** Makes the function that finds an operation, or gives null where Yoga has to answer. */
export function createOperationFinder(options: CompileOptions) {
  const operations = createDocumentCache<KnownOperation>({
    most: KNOWN_PARTS,
    weigh: ({ parts }) => parts + PARTS_OF_ANY,
  });
  // A cache of their own: texts that never come again do not push out what is known.
  const notes = createDocumentCache<Note>({ most: NOTED_CHARACTERS });
  return (query: string, operationName: string | undefined): KnownOperation | null => {
    const key = operationName === undefined ? query : `${operationName}\n${query}`;
    const known = operations.get(key);
    if (known) return known;
    const note = notes.get(key);
    if (note?.isForYoga) return null;
    const operation = note ? prepare({ query, operationName }, options) : null;
    if (operation) operations.set(key, operation);
    else notes.set(key, note ? FOR_YOGA : CAME_ONCE);
    return operation;
  };
}

function prepare(text: OperationText, options: CompileOptions): KnownOperation | null {
  const valid = readOperation(text, options);
  if (!valid) return null;
  const isMutation = valid.operation.operation === OperationTypeNode.MUTATION;
  return isMutation ? keepMutation(valid, options) : compileOperation(valid, options);
}
