import type { Model } from "../provider";

const free = { lowMicros: 0, highMicros: 0 };

export const MODELS: Model[] = [
  {
    id: "draft:storyboard",
    provider: "draft",
    capability: "generateImage",
    label: "Storyboard",
    note: "Draws your words as a film still, on this machine. Free.",
    price: [{ per: "picture", ...free }],
    seconds: 3,
    maxCount: 4,
  },
  {
    id: "draft:camera",
    provider: "draft",
    capability: "animateImage",
    label: "Camera",
    note: "Moves a camera through any picture, on this machine. Free.",
    price: [{ per: "second", ...free }],
    seconds: 12,
    durations: { min: 1, max: 20 },
  },
  {
    id: "draft:measure",
    provider: "draft",
    capability: "analyseImage",
    label: "Measure",
    note: "Measures light, colour and composition; recognises nothing. Free.",
    price: [{ per: "call", ...free }],
    seconds: 1,
  },
];
