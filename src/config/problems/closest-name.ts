/** The known name that a mistyped one most likely stands for; undefined where none is close. */
export function closestName(name: string, known: readonly string[]): string | undefined {
  const tolerated = name.length <= 3 ? 1 : Math.max(2, Math.floor(name.length / 4));
  const near = known
    .map((candidate) => ({ candidate, distance: editDistance(plain(name), plain(candidate)) }))
    .filter(({ distance }) => distance <= tolerated)
    .sort((left, right) => left.distance - right.distance);
  return near[0]?.candidate;
}

/** Ignores case, `_` and `-`, so that `time_out-ms` counts as `timeoutMs`. */
function plain(name: string): string {
  return name.toLowerCase().replace(/[_-]/g, '');
}

/** How many letters must be added, removed or replaced. */
function editDistance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i++) {
    const next = [i];
    for (let j = 1; j <= right.length; j++) {
      const replaced = row[j - 1]! + (left[i - 1] === right[j - 1] ? 0 : 1);
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, replaced));
    }
    row = next;
  }
  return row[right.length]!;
}
