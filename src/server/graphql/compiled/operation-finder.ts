/** Finds the compiled form of an operation by its text. A text is compiled when it comes for the second time. */
import { createDocumentCache } from '../document-cache.ts';
import { type CompiledOperation, type CompileOptions, compileOperation } from './compile-operation.ts';

/** What is known of a text that is not compiled: compiling takes milliseconds, which pay off only if it comes again. */
type Note = { readonly isForGraphqlJs: boolean };
const CAME_ONCE: Note = { isForGraphqlJs: false };
const FOR_GRAPHQL_JS: Note = { isForGraphqlJs: true };

/** Of the texts that are not compiled, which take some two bytes a character. */
const NOTED_CHARACTERS = 1_000_000;
/** A part takes 3 to 7 KB once it has run: code, and the text of the code. Some 35 MB in all. */
const COMPILED_PARTS = 5000;
/** What any operation takes besides, counted in parts. */
const PARTS_OF_ANY = 5;

/** Makes the function that finds an operation, or gives null where graphql-js has to run it. */
export function createOperationFinder(options: CompileOptions) {
  const compiled = createDocumentCache<CompiledOperation>({
    most: COMPILED_PARTS,
    weigh: ({ parts }) => parts + PARTS_OF_ANY,
  });
  // A cache of their own: texts that never come again do not push out what is compiled.
  const notes = createDocumentCache<Note>({ most: NOTED_CHARACTERS });
  return (query: string, operationName: string | undefined): CompiledOperation | null => {
    const key = operationName === undefined ? query : `${operationName}\n${query}`;
    const known = compiled.get(key);
    if (known) return known;
    const note = notes.get(key);
    if (note?.isForGraphqlJs) return null;
    const operation = note ? compileOperation({ query, operationName }, options) : null;
    if (operation) compiled.set(key, operation);
    else notes.set(key, note ? FOR_GRAPHQL_JS : CAME_ONCE);
    return operation;
  };
}
