/** The answers to the last few questions, each worked out once however many ask for it at a time. */

/**
 * Keeps the answers of the last `most` keys asked for, the last asked longest. What fails, and what is not worth keeping, is worked
 * out anew: it may be there later.
 */
export function lastAsked<Value>(
  most: number,
  isKept: (value: Value) => boolean = () => true,
): (key: string, workOut: () => Promise<Value>) => Promise<Value> {
  const kept = new Map<string, Promise<Value>>();
  return (key, workOut) => {
    const answer = kept.get(key) ?? workOut();
    kept.delete(key);
    kept.set(key, answer);
    if (kept.size > most) kept.delete(kept.keys().next().value!);
    const forget = (): void => {
      if (kept.get(key) === answer) kept.delete(key);
    };
    answer.then((value) => isKept(value) || forget(), forget);
    return answer;
  };
}
