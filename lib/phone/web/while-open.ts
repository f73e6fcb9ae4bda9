/** Refuses what a closed peer connection leaves pending: browsers settle nothing of it, Firefox not even its statistics. */

/** What `work` gives; throws `closed()` as soon as the signal is aborted, whatever the browser still owes. */
export function whileOpen<T>(signal: AbortSignal, work: () => Promise<T>, closed: () => Error): Promise<T> {
  return new Promise((resolve, reject) => {
    const refuse = (): void => reject(closed());
    if (signal.aborted) return refuse();
    signal.addEventListener('abort', refuse, { once: true });
    work()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', refuse));
  });
}
