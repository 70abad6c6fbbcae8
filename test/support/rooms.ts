/** Counts the files of each folder of the sources. */
import path from 'node:path';

/** A room holds this many files; beyond that it gets walls. */
export const ROOM_SIZE = 10;

/**
 * The folders that hold more files than they may, as `folder: how many`.
 *
 * @param files paths from the root of the sources, with `/`
 * @param allowances for folders that may exceed ROOM_SIZE, the most files that each may hold
 */
export function findCrowdedRooms(files: Iterable<string>, allowances: Readonly<Record<string, number>>): string[] {
  const counts = new Map<string, number>();
  for (const file of files) {
    const room = path.posix.dirname(file);
    counts.set(room, (counts.get(room) ?? 0) + 1);
  }
  return [...counts]
    .filter(([room, count]) => count > (allowances[room] ?? ROOM_SIZE))
    .map(([room, count]) => `${room}: ${count} files, at most ${allowances[room] ?? ROOM_SIZE}`);
}
