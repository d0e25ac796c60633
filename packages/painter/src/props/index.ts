import type { Random } from "../random";
import type { Brief } from "../read-prompt";
import type { Solid } from "../solids";
import type { Palette } from "../studio/tones";
import { bouquet } from "./flowers";
import { burger, cake, dish, fruitBowl } from "./food";
import type { Maker } from "./maker";
import { headphones, jewel, lamp, phone, shoe } from "./objects";
import { stillLife } from "./still-life";
import { bottle, cup, perfume } from "./vessels";

/** Products by the words that ask for them; the first that fits is made. */
const PRODUCTS: [Maker, ...string[]][] = [
  [perfume, "perfume", "cologne", "fragrance"],
  [cup, "cup", "mug", "coffee", "tea", "espresso", "latte", "cappuccino"],
  [jewel, "watch", "ring", "jewel", "jewelry", "jewellery"],
  [phone, "phone", "smartphone", "tablet", "book"],
  [headphones, "headphones", "headphone"],
  [fruitBowl, "fruit", "apple", "oranges", "lemon", "peach", "tomato"],
  [cake, "cake", "dessert", "birthday"],
  [burger, "burger", "sandwich"],
  [dish, "food", "dish", "meal", "plate", "dinner", "lunch", "breakfast", "salad", "pasta", "cuisine"],
  [bouquet, "vase", "flower", "flowers", "bouquet", "rose", "tulip", "sunflower", "poppy"],
  [lamp, "lamp", "candle", "lantern"],
  [shoe, "shoe", "sneaker", "sneakers"],
  [bottle, "bottle", "wine", "beer", "juice", "whisky", "whiskey"],
  [bottle, "shampoo", "serum", "cosmetic", "lotion", "soap"],
];

const OUTDOOR: readonly Maker[] = [perfume, cup, jewel, phone, headphones, cake, burger, shoe, bottle];

/** A product that a prompt sets in a landscape; undefined where it names none, or only what grows there. */
export function findOutdoorProduct(brief: Brief): Maker | undefined {
  const found = PRODUCTS.find(([make, ...words]) => OUTDOOR.includes(make) && brief.has(...words));
  return brief.subjects.length === 0 ? found?.[0] : undefined;
}

/** What stands on the pedestal: chosen by the prompt's words, else a still life of plain solids. */
export function makeProduct(brief: Brief, random: Random, tones: Palette): Solid[] {
  const [make] = PRODUCTS.find(([, ...words]) => brief.has(...words)) ?? [stillLife];
  return make(brief, random, tones);
}
