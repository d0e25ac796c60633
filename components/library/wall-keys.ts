/** The tile that lies next to another in a direction, by where the two are on the screen. */
export function tileBeside(wall: HTMLElement, id: string, key: string): HTMLElement | null {
  const tiles = [...wall.querySelectorAll<HTMLElement>("[data-tile]")];
  const at = tiles.findIndex((tile) => tile.dataset.tile === id);
  const here = tiles[at];
  if (!here) return tiles[0] ?? null;
  if (key === "ArrowLeft") return tiles[at - 1] ?? null;
  if (key === "ArrowRight") return tiles[at + 1] ?? null;
  if (key === "Home") return tiles[0] ?? null;
  if (key === "End") return tiles.at(-1) ?? null;
  const rows = key === "ArrowDown" ? tiles.slice(at + 1) : tiles.slice(0, at).reverse();
  return inNextRow(here, rows);
}

/** Of the first row that begins beyond this one, the tile whose middle is nearest. */
function inNextRow(here: HTMLElement, candidates: HTMLElement[]): HTMLElement | null {
  const from = here.getBoundingClientRect();
  const middle = from.left + from.width / 2;
  let rowTop: number | null = null;
  let best: { tile: HTMLElement; apart: number } | null = null;
  for (const tile of candidates) {
    const box = tile.getBoundingClientRect();
    if (Math.abs(box.top - from.top) < 4) continue;
    rowTop ??= box.top;
    if (Math.abs(box.top - rowTop) >= 4) break;
    const apart = Math.abs(box.left + box.width / 2 - middle);
    if (!best || apart < best.apart) best = { tile, apart };
  }
  return best?.tile ?? null;
}
