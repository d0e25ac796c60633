/** One look at a time serves all who ask; a good one is good for a while, a failed one is not kept. */
export function keep<T>(milliseconds: number, look: () => Promise<T>): () => Promise<T> {
  let last: { at: number; answer: Promise<T> } | undefined;
  return () => {
    if (last && Date.now() - last.at <= milliseconds) return last.answer;
    const mine = { at: Date.now(), answer: look() };
    last = mine;
    mine.answer.catch(() => {
      if (last === mine) last = undefined;
    });
    return mine.answer;
  };
}
