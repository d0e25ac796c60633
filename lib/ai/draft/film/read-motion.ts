/** One camera move; `amount` is its size relative to the usual one. */
export type Move = {
  kind:
    | "push in"
    | "pull out"
    | "pan left"
    | "pan right"
    | "tilt up"
    | "tilt down"
    | "truck left"
    | "truck right"
    | "rise"
    | "sink"
    | "orbit left"
    | "orbit right"
    | "roll"
    | "handheld"
    | "drift"
    | "hold";
  amount: number;
};

export type Overlay = "rain" | "snow" | "dust" | "embers" | "fireflies" | "mist" | "flare";

export type Motion = { moves: Move[]; overlays: Overlay[] };

const MOVES: [Move["kind"], RegExp][] = [
  [
    "pull out",
    /\b(pull(s|ing)?[ -]?(out|back|away)|zoom(s|ing)?[ -]?out|dolly[ -]?(out|back)|back(s|ing)? away|reveal)/,
  ],
  [
    "push in",
    /\b(push(es|ing)?[ -]?(in|forward|towards?|through)|zoom(s|ing)?([ -]?in)?\b(?![ -]?out)|dolly([ -]?(in|forward))?\b(?![ -]?(out|back))|closer|approach|forward|into|fly[ -]?through|travel)/,
  ],
  ["pan left", /\bpan(s|ning)?\b[^.,;]{0,24}\bleft\b|\blook(s|ing)? left/],
  ["pan right", /\bpan(s|ning)?\b(?![^.,;]{0,24}\bleft\b)|\blook(s|ing)? right/],
  ["tilt up", /\btilt(s|ing)?\b(?![^.,;]{0,24}\bdown)|\blook(s|ing)? up/],
  ["tilt down", /\btilt(s|ing)?\b[^.,;]{0,24}\bdown|\blook(s|ing)? down/],
  ["truck left", /\b(truck|track|slid|mov|travel|glid)(s|es|ing|e|ks|king)?\b[^.,;]{0,24}\bleft\b/],
  [
    "truck right",
    /\b(truck|track|slid|glid)(s|es|ing|e|ks|king)?\b(?![^.,;]{0,24}\bleft\b)|\bmov(es|ing|e)\b[^.,;]{0,24}\bright\b/,
  ],
  [
    "rise",
    /\b(rise|rises|rising|crane|jib|boom|ascend|lift)\w*\b(?![^.,;]{0,24}\bdown)|\bpedestal up|\bupwards?\b/,
  ],
  ["sink", /\b(descend|lower|sink|crane[^.,;]{0,24}down|pedestal down|downwards?)\w*/],
  ["orbit left", /\b(orbit|arc|circl|rotat\w* around|around)\w*\b[^.,;]{0,24}\bleft\b/],
  ["orbit right", /\b(orbit|arc(s|ing)?|circl\w+|rotat\w* around|parallax|3d)\b(?![^.,;]{0,24}\bleft\b)/],
  ["roll", /\b(roll(s|ing)?|dutch|twist|spin)\b/],
  ["handheld", /\b(hand[ -]?held|shak(y|ing)|documentary)\b/],
  ["drift", /\b(drift|float|hover|breath|gentl[ey] mov|sway)\w*/],
  ["hold", /\b(static|locked|still camera|no camera|fixed|tripod)\b/],
];

const OVERLAYS: [Overlay, RegExp][] = [
  ["rain", /\b(rain|drizzl|downpour|storm)\w*/],
  ["snow", /\b(snow|blizzard|flurr)\w*/],
  ["embers", /\b(ember|spark|fire(?!fl)|flame|campfire|lava|volcan)\w*/],
  ["fireflies", /\b(firefl|glow ?worm|magic)\w*/],
  ["dust", /\b(dust|particle|pollen|sand|motes)\w*/],
  ["mist", /\b(mist|fog|smoke|steam|haze|cloud)\w*/],
  ["flare", /\b(flare|sun ?light|sunbeam|god ?ray|light leak|golden hour|sunrise|sunset|glow)\w*/],
];

/** Reads camera moves and overlays from words; the seed chooses a quiet move where none is named. */
export function readMotion(prompt: string, seed: number): Motion {
  const text = prompt.toLowerCase();
  const pace = /\b(slow|gentle|subtle|slight|soft|calm|quiet)\w*/.test(text)
    ? 0.72
    : /\b(fast|quick|rapid|dramatic|sweeping|dynamic|bold)\w*/.test(text)
      ? 1.45
      : 1;
  let moves = MOVES.filter(([, words]) => words.test(text)).map(([kind]) => ({ kind, amount: pace }));
  // "Parallax" alone asks for an orbit, either way; beside one it says nothing new.
  const turnsLeft = moves.some((move) => move.kind === "orbit left");
  if (turnsLeft) moves = moves.filter((move) => move.kind !== "orbit right");
  const quiet: Move["kind"][] = [
    "push in",
    "truck right",
    "pull out",
    "orbit left",
    "push in",
    "truck left",
    "rise",
  ];
  if (moves.length === 0) moves.push({ kind: quiet[seed % quiet.length] ?? "push in", amount: 0.85 });
  const overlays = OVERLAYS.filter(([, words]) => words.test(text)).map(([overlay]) => overlay);
  return { moves: moves.slice(0, 3), overlays: overlays.slice(0, 2) };
}
