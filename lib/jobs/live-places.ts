/** How many live streams one person may have open at one web process; each open page has one. */
export const STREAMS_PER_PERSON = 20;

const open = new Map<string, Set<() => void>>();

/**
 * Counts a stream of a person until the given function is called. Where they have too many, the oldest is sent
 * away: its page, if there still is one, connects anew when it is next looked at.
 */
export function takePlace(userId: string, close: () => void): () => void {
  const places = open.get(userId) ?? new Set();
  open.set(userId, places);
  places.add(close);
  const [oldest] = places;
  if (places.size > STREAMS_PER_PERSON) oldest?.();
  return () => {
    places.delete(close);
    if (places.size === 0 && open.get(userId) === places) open.delete(userId);
  };
}
