import type { Random } from "../random";
import type { Subject } from "../vocabulary";
import { type Draw, figure, type Has } from "./figure";

const cloth = ["#3b3f4a", "#4a3a34", "#2f3d3a", "#57412f", "#5a2f2b", "#383350"] as const;

export function drawPerson(x: number, random: Random, has: Has): string {
  const coat = has("red") ? "#a02c22" : has("yellow") ? "#c99a22" : random.pick(cloth);
  const skin = random.pick(["#8d5a3c", "#c08a66", "#6a4430"]);
  const dress = has("woman", "girl", "queen", "bride", "femme", "frau", "dress");
  const cloak = has("wizard", "monk", "king", "queen", "knight", "samurai", "cloak", "robe");
  const legs =
    dress || cloak
      ? ""
      : `<path d="M${x - 5} 50 L${x - 7} 97 L${x - 1.5} 97 L${x} 60 L${x + 2} 97 L${x + 7.5} 97 L${x + 5} 50Z" fill="#24242c"/>`;
  const skirt = dress
    ? `<path d="M${x - 5} 40 C${x - 9} 62 ${x - 12} 76 ${x - 13} 84 L${x + 13} 84 C${x + 12} 76 ${x + 9} 62 ${x + 5} 40Z" fill="${coat}"/><path d="M${x - 3} 84V97M${x + 3} 84V97" stroke="${skin}" stroke-width="3"/>`
    : "";
  const robe = cloak
    ? `<path d="M${x - 7} 20 C${x - 12} 50 ${x - 15} 80 ${x - 17} 98 L${x + 16} 98 C${x + 14} 76 ${x + 12} 48 ${x + 7} 20Z" fill="${coat}"/>`
    : "";
  const torso = `<path d="M${x} 15 C${x - 9} 16 ${x - 10.5} 22 ${x - 10.5} 30 L${x - 9.5} 57 C${x - 4} 60 ${x + 4} 60 ${x + 9.5} 57 L${x + 10.5} 30 C${x + 10.5} 22 ${x + 9} 16 ${x} 15Z" fill="${coat}"/>`;
  const arms = `<path d="M${x - 9} 21 C${x - 13} 32 ${x - 13} 42 ${x - 12} 53M${x + 9} 21 C${x + 13} 32 ${x + 13} 42 ${x + 12} 53" stroke="${coat}" stroke-width="5"/>`;
  const hair = dress
    ? `<path d="M${x - 6} 8 C${x - 7} 1 ${x + 7} 1 ${x + 6} 8 L${x + 6.5} 20 C${x + 2} 23 ${x - 2} 23 ${x - 6.5} 20Z" fill="#2a1d16"/>`
    : `<path d="M${x - 5.5} 8 C${x - 6} 1.5 ${x + 6} 1.5 ${x + 5.5} 8 C${x + 4} 11 ${x - 4} 11 ${x - 5.5} 8Z" fill="#221a16"/>`;
  const head = `<path d="M${x - 2} 12h4v5h-4z" fill="${skin}"/><ellipse cx="${x}" cy="8.4" rx="5.2" ry="6.2" fill="${skin}"/>${hair}`;
  const pack = has("hiker", "backpack", "traveler", "traveller", "wanderer", "climber", "explorer")
    ? `<rect x="${x - 8}" y="18" width="16" height="25" rx="5" fill="#6b3a22"/><rect x="${x - 9}" y="14" width="18" height="6" rx="3" fill="#4b4a3a"/>`
    : "";
  const hat = has("cowboy", "detective", "samurai", "wizard", "farmer", "hat")
    ? `<ellipse cx="${x}" cy="5.5" rx="11" ry="2.6" fill="#2b211a"/><path d="M${x - 6} 5 C${x - 5} -3 ${x + 5} -3 ${x + 6} 5Z" fill="#33261d"/>`
    : "";
  return legs + robe + skirt + torso + arms + head + pack + hat;
}

export const people = {
  person(random, has) {
    const couple = has("couple", "lovers", "two people", "friends", "wedding", "together");
    const child = has("child", "kid", "kind ", "enfant");
    if (couple)
      return figure(
        66,
        98,
        1.78,
        0.2,
        drawPerson(22, random, has) + drawPerson(45, random, (...s) => s.includes("woman") || has(...s)),
      );
    return figure(40, 98, child ? 1.25 : 1.78, child ? 0.15 : 0.2, drawPerson(20, random, has));
  },
  astronaut: () =>
    figure(
      56,
      98,
      1.9,
      0.34,
      `<rect x="11" y="18" width="34" height="40" rx="6" fill="#8f949b"/>
      <path d="M20 54 L16 92 M36 54 L40 92" stroke="#d9dde2" stroke-width="12"/><path d="M14 96h10M35 96h10" stroke="#7d828a" stroke-width="7"/>
      <path d="M17 28 C8 38 8 46 10 54 M39 28 C48 38 48 46 46 54" stroke="#e4e7ea" stroke-width="10"/>
      <rect x="16" y="22" width="24" height="38" rx="10" fill="#e9ebee"/><rect x="21" y="34" width="14" height="9" rx="2" fill="#9aa2ad"/>
      <circle cx="28" cy="14" r="13" fill="#eef0f2"/><path d="M18 15 C18 6 38 6 38 15 C38 23 18 23 18 15Z" fill="#3a2a18"/><path d="M21 11 C24 8 29 8 31 9" stroke="#f2c27a" stroke-width="2"/>`,
    ),
  robot: () =>
    figure(
      60,
      100,
      2.2,
      0.4,
      `<path d="M21 58 L18 94 M39 58 L42 94" stroke="#666d78" stroke-width="9"/><path d="M12 97h13M36 97h13" stroke="#4b515b" stroke-width="6"/>
      <path d="M13 30 L7 52 L10 66 M47 30 L53 52 L50 66" stroke="#7b838f" stroke-width="7"/><rect x="13" y="26" width="34" height="35" rx="7" fill="#8e97a3"/>
      <rect x="20" y="33" width="20" height="13" rx="3" fill="#3c434d"/><rect x="23" y="38" width="8" height="3" fill="#ff0"/>
      <rect x="18" y="5" width="24" height="19" rx="7" fill="#9aa3af"/><rect x="21" y="11" width="18" height="6" rx="3" fill="#15181c"/><circle cx="25.5" cy="14" r="2" fill="#ff0"/><circle cx="34.5" cy="14" r="2" fill="#ff0"/><path d="M30 5V0" stroke="#9aa3af" stroke-width="2"/>`,
    ),
} satisfies Partial<Record<Subject, Draw>>;
