import { hex, hsl, mix, multiply, type Rgb, saturate, scale } from "./colour";
import { createRandom } from "./random";
import type { Brief } from "./read-prompt";
import type { TimeOfDay } from "./vocabulary";

/** The light of a scene. Directions: x right, y up, z away from the camera. */
export type Light = {
  sun: readonly [number, number, number];
  /** Colour and strength of direct light. */
  sunColour: Rgb;
  zenith: Rgb;
  horizon: Rgb;
  /** The glow around the sun. */
  glow: Rgb;
  haze: Rgb;
  /** Share of light lost per kilometre. */
  hazePerKm: number;
  ambient: Rgb;
  /** 0 none – 1 all covered. */
  cloudCover: number;
  cloudLight: Rgb;
  cloudShade: Rgb;
  stars: number;
  isNight: boolean;
  exposure: number;
};

type Recipe = {
  elevation: [number, number];
  sun: string;
  strength: number;
  zenith: string[];
  horizon: string[];
  glow: string;
  ambient: number;
  exposure: number;
};

const RECIPES: Record<TimeOfDay, Recipe> = {
  day: {
    ...{ elevation: [28, 48], sun: "#fff0d6", strength: 2.6, zenith: ["#2a66ad", "#2f6f9f", "#3b6cb8"] },
    ...{ horizon: ["#b4cfe4", "#c6d8dc", "#a9c6e8"], glow: "#fff4dc", ambient: 0.9, exposure: 0.92 },
  },
  golden: {
    ...{ elevation: [5, 11], sun: "#ffbd76", strength: 3.4, zenith: ["#4f76a3", "#5a7a98", "#6a6f9c"] },
    ...{ horizon: ["#f4bb7c", "#f0a869", "#f7cc90"], glow: "#ffc169", ambient: 0.85, exposure: 0.95 },
  },
  dawn: {
    ...{ elevation: [3, 8], sun: "#ffc8a0", strength: 2.4, zenith: ["#5a6fa6", "#6b7bb0", "#4f7196"] },
    ...{ horizon: ["#f5bfae", "#f3c9a9", "#e9b3c0"], glow: "#ffd0a2", ambient: 0.92, exposure: 0.95 },
  },
  dusk: {
    ...{ elevation: [1, 4], sun: "#ff9455", strength: 2.2, zenith: ["#232c58", "#2c2a5c", "#1c3a5a"] },
    ...{ horizon: ["#e27a4c", "#d9657a", "#e8935a"], glow: "#ff8d42", ambient: 1.1, exposure: 1.25 },
  },
  night: {
    ...{ elevation: [16, 34], sun: "#a9c2ef", strength: 0.5, zenith: ["#040816", "#060a1c", "#03101c"] },
    ...{ horizon: ["#16264a", "#1c2350", "#0f2f45"], glow: "#5674ad", ambient: 1.15, exposure: 2.1 },
  },
};

/** Chooses the light by time, weather, mood and colour words; the seed varies sun and hues. */
export function chooseLight(brief: Brief): Light {
  const random = createRandom(brief.seed ^ 0x51ed);
  const recipe = RECIPES[brief.time];
  const pick = (list: string[]) => hex(list[Math.floor(random.next() * list.length)] ?? "#888888");
  const elevation = (random.between(...recipe.elevation) * Math.PI) / 180;
  const side = random.chance(0.5) ? 1 : -1;
  const azimuth = side * random.between(0.08, 0.46);
  // The sun of a day picture stands behind the shoulder, else it is in the frame or near it.
  const forward = brief.time === "day" ? -0.35 : 1;
  const flat = Math.cos(elevation);
  const sun = [Math.sin(azimuth) * flat, Math.sin(elevation), Math.cos(azimuth) * flat * forward] as const;

  let zenith = pick(recipe.zenith);
  let horizon = pick(recipe.horizon);
  let glow = hex(recipe.glow);
  let sunColour = scale(hex(recipe.sun), recipe.strength);
  const cover = {
    clear: random.between(0.12, 0.5),
    cloudy: 0.72,
    fog: 0.45,
    rain: 0.86,
    snow: 0.8,
    storm: 0.93,
  };
  const cloudCover = cover[brief.weather];
  const grey = { clear: 0, cloudy: 0.45, fog: 0.5, rain: 0.7, snow: 0.6, storm: 0.8 }[brief.weather];

  const mood = brief.moods[0];
  if (mood === "neon") {
    zenith = mix(zenith, hsl(random.between(250, 285), 0.7, 0.12), 0.7);
    horizon = mix(horizon, hsl(random.between(305, 330), 0.8, 0.5), 0.7);
    glow = hsl(random.between(315, 340), 0.9, 0.6);
  } else if (mood === "dreamy") {
    zenith = mix(zenith, hsl(random.between(215, 275), 0.5, 0.66), 0.5);
    horizon = mix(horizon, hsl(random.between(330, 380), 0.7, 0.8), 0.5);
  } else if (mood === "cold") {
    horizon = mix(horizon, hex("#9db8cc"), 0.6);
    sunColour = mix(sunColour, scale(hex("#dfeaff"), recipe.strength), 0.6);
  } else if (mood === "warm") {
    horizon = mix(horizon, hex("#f6c184"), 0.35);
  }
  if (brief.weather === "snow") {
    const dark = brief.time === "night";
    horizon = mix(horizon, hex(dark ? "#2c3d5c" : "#b4c4d8"), 0.62);
    zenith = mix(zenith, hex(dark ? "#0b1526" : "#6f87a8"), 0.55);
  }
  const [hue, second] = brief.hues;
  if (hue !== undefined) {
    const dark = brief.time === "night";
    horizon = mix(horizon, hsl(second ?? hue, 0.65, dark ? 0.25 : 0.6), 0.5);
    zenith = mix(zenith, hsl(hue, 0.55, dark ? 0.1 : 0.35), 0.5);
  }
  const tone = (colour: Rgb) => mix(colour, saturate(scale(colour, 0.8), 0.12), grey);
  zenith = mix(tone(zenith), tone(horizon), grey * 0.55);
  horizon = tone(horizon);
  sunColour = scale(mix(sunColour, saturate(sunColour, 0.3), grey), 1 - 0.82 * grey);
  const dim = mood === "dark" ? 0.72 : brief.weather === "storm" ? 0.7 : 1;
  const isNight = brief.time === "night";
  const thickness = { clear: 0.05, cloudy: 0.07, fog: 0.17, rain: 0.12, snow: 0.12, storm: 0.1 }[
    brief.weather
  ];
  return {
    ...{ sun, sunColour, zenith, horizon, cloudCover, isNight },
    glow: scale(tone(glow), (isNight ? 0.18 : 0.75) * (1 - 0.75 * grey)),
    haze: mix(horizon, zenith, isNight ? 0.35 : 0.22),
    hazePerKm: thickness * random.between(0.8, 1.5),
    ambient: scale(mix(zenith, horizon, 0.45), recipe.ambient),
    cloudLight: mix(
      scale(multiply(horizon, [1.1, 1.05, 1]), 1.05),
      scale(sunColour, 0.4),
      isNight ? 0.1 : 0.5,
    ),
    cloudShade: mix(scale(zenith, 0.85), horizon, 0.3),
    stars: isNight ? 1 - grey : brief.time === "dusk" ? 0.25 * (1 - grey) : 0,
    exposure: recipe.exposure * dim,
  };
}
