import { distance, type Oklab, toHex, toOklab } from "./oklab";
import { explainPicture, openPicture } from "./picture";

const SIDE_PIXELS = 96;
const CLUSTERS = 8;
const ROUNDS = 12;
/** Squared Oklab distance under which two colours look alike. */
const ALIKE = 0.006;

/**
 * The 3–6 colours of a picture as `#rrggbb`, most present first: k-means in Oklab on a small copy, seeded by the
 * farthest-point rule (so without chance), close ones merged. Fewer than 3 only if the picture has no more.
 */
export async function measurePalette(path: string | Buffer): Promise<string[]> {
  try {
    const picture = await openPicture(path);
    const { data } = await picture
      .flatten({ background: "#808080" })
      .toColourspace("srgb")
      .resize(SIDE_PIXELS, SIDE_PIXELS, { fit: "inside" })
      .raw()
      .toBuffer({ resolveWithObject: true });
    return findPalette(data);
  } catch (error) {
    throw explainPicture(error);
  }
}

/** The palette of interleaved 8-bit RGB pixels. */
function findPalette(rgb: Uint8Array): string[] {
  const colours: Oklab[] = [];
  for (let at = 0; at + 2 < rgb.length; at += 3) {
    colours.push(toOklab(rgb[at] ?? 0, rgb[at + 1] ?? 0, rgb[at + 2] ?? 0));
  }
  let clusters = cluster(colours, seed(colours));
  clusters = merge(clusters).sort((a, b) => b.share - a.share);
  const kept = clusters.filter((c, rank) => rank < 3 || c.share > 0.02).slice(0, 6);
  return [...new Set(kept.map((c) => toHex(c.colour)))];
}

type Cluster = { colour: Oklab; share: number };

function seed(colours: Oklab[]): Oklab[] {
  const centres = [mean(colours)];
  const far = colours.map((colour) => distance(colour, centres[0] as Oklab));
  while (centres.length < CLUSTERS) {
    let best = 0;
    for (let i = 1; i < far.length; i++) if ((far[i] ?? 0) > (far[best] ?? 0)) best = i;
    const next = colours[best];
    if (!next || (far[best] ?? 0) < ALIKE / 2) break;
    centres.push(next);
    for (let i = 0; i < far.length; i++) far[i] = Math.min(far[i] ?? 0, distance(colours[i] as Oklab, next));
  }
  return centres;
}

function cluster(colours: Oklab[], centres: Oklab[]): Cluster[] {
  let clusters: Cluster[] = centres.map((colour) => ({ colour, share: 0 }));
  for (let round = 0; round < ROUNDS; round++) {
    const members: Oklab[][] = clusters.map(() => []);
    for (const colour of colours) members[nearest(colour, clusters)]?.push(colour);
    clusters = members
      .filter((group) => group.length > 0)
      .map((group) => ({ colour: mean(group), share: group.length / colours.length }));
  }
  return clusters;
}

function nearest(colour: Oklab, clusters: Cluster[]): number {
  let [best, least] = [0, Number.POSITIVE_INFINITY];
  for (let i = 0; i < clusters.length; i++) {
    const d = distance(colour, (clusters[i] as Cluster).colour);
    if (d < least) [best, least] = [i, d];
  }
  return best;
}

function merge(clusters: Cluster[]): Cluster[] {
  const merged: Cluster[] = [];
  for (const one of clusters.toSorted((a, b) => b.share - a.share)) {
    const same = merged.find((other) => distance(one.colour, other.colour) < ALIKE);
    if (same && (merged.length >= 3 || clusters.length > 3)) same.share += one.share;
    else merged.push({ ...one });
  }
  return merged;
}

function mean(colours: Oklab[]): Oklab {
  const sum: Oklab = [0, 0, 0];
  for (const [l, a, b] of colours) {
    sum[0] += l;
    sum[1] += a;
    sum[2] += b;
  }
  const n = Math.max(1, colours.length);
  return [sum[0] / n, sum[1] / n, sum[2] / n];
}
