const held = new Map<string, () => void>();

/**
 * Whether this tab may send an upload: of several open ones the first does. Browsers give locks only to pages that came
 * over TLS or from this machine; without them two tabs may send the same parts, which does no harm.
 */
export function claim(key: string): Promise<boolean> {
  if (!navigator.locks || held.has(key)) return Promise.resolve(true);
  return new Promise((resolve) => {
    void navigator.locks.request(`kinora-upload:${key}`, { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      return lock && new Promise<void>((release) => held.set(key, release));
    });
  });
}

export function release(key: string): void {
  held.get(key)?.();
  held.delete(key);
}
