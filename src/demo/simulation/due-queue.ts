interface Due {
  at: number;
  turn: number;
  act: (at: number) => void;
}

/** Acts that wait for their instant, as a heap: what is due comes out in order of time, then of entry. */
export class DueQueue {
  readonly #heap: Due[] = [];
  #turn = 0;

  /** Adds an act for the instant `at`, in milliseconds. */
  push(at: number, act: (at: number) => void): void {
    const heap = this.#heap;
    let index = heap.push({ at, turn: this.#turn++, act }) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!isEarlier(heap[index]!, heap[parent]!)) return;
      swap(heap, index, parent);
      index = parent;
    }
  }

  /** Runs all that is due at `now`, and what those acts add if it is due too. */
  run(now: number): void {
    while (this.#heap.length > 0 && this.#heap[0]!.at <= now) {
      const due = this.#pop();
      due.act(due.at);
    }
  }

  #pop(): Due {
    const heap = this.#heap;
    const first = heap[0]!;
    const last = heap.pop()!;
    if (heap.length === 0) return first;
    heap[0] = last;
    let index = 0;
    for (;;) {
      const left = 2 * index + 1;
      const right = left + 1;
      let least = index;
      if (left < heap.length && isEarlier(heap[left]!, heap[least]!)) least = left;
      if (right < heap.length && isEarlier(heap[right]!, heap[least]!)) least = right;
      if (least === index) return first;
      swap(heap, index, least);
      index = least;
    }
  }
}

function isEarlier(a: Due, b: Due): boolean {
  return a.at < b.at || (a.at === b.at && a.turn < b.turn);
}

function swap(heap: Due[], a: number, b: number): void {
  [heap[a], heap[b]] = [heap[b]!, heap[a]!];
}
