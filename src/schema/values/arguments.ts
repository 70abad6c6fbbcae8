/** Checks of arguments that several fields share. */
import { CallerError } from '../../domain/errors.ts';
import { type NodeRef, type NodeType, readNodeRef } from '../../domain/ids.ts';
import type { RequestContext } from '../context.ts';

/**
 * @param name the argument, or a member of it, such as `filter.panels`
 * @throws CallerError INVALID_INPUT where the list holds more than the configured `limits.idsPerList`
 */
export function assertListSize(list: readonly unknown[], name: string, { settings }: RequestContext): void {
  const { idsPerList } = settings;
  if (list.length <= idsPerList) return;
  const message = `At most ${idsPerList} are allowed (limits.idsPerList); this list holds ${list.length}.`;
  throw new CallerError('INVALID_INPUT', `${name}: ${message}`, [{ path: name.split('.'), message }]);
}

/** The references of a list of ids, all of one type. A bad id gives an error in its own place. */
export function readRefs<T extends NodeType>(
  type: T,
  ids: readonly string[],
  name: string,
): (Extract<NodeRef, { type: T }> | CallerError)[] {
  return ids.map((id, index) => readNodeRef(type, id, [...name.split('.'), String(index)]));
}

export function invalidId(path: readonly string[]): CallerError {
  const message = 'Not an id: ids have the form `Type:panel:number`, such as `Order:acme:23501`.';
  return new CallerError('INVALID_INPUT', `${path.join('.')}: ${message}`, [{ path, message }]);
}
