/** Words that a prompt is read by, each list under what it means. Stems match word beginnings; CJK matches anywhere. */
export const SETTINGS = {
  underwater:
    "underwater undersea seabed reef coral scuba submarine submerged ocean-floor deep-sea jellyfish unterwasser 海底 水中",
  space:
    "space galaxy nebula planet star-field starfield cosmos cosmic astronaut spaceship spacecraft rocket orbit moon-surface mars lunar milky-way universe asteroid weltraum espace espacio 宇宙 银河",
  studio:
    "product bouquet vase bottle perfume watch sneaker shoe headphones packshot pedestal cosmetic lipstick jewel jewelry ring phone smartphone camera lamp vase cup mug coffee tea teapot kettle food dish meal breakfast dinner lunch pasta salad soup sushi noodles ramen dumplings plate burger pizza cake fruit apple oranges lemon latte cappuccino espresso bread wine glass still-life logo emblem signage object sculpture statue toy can soap candle produkt flasche produit botella 商品 咖啡",
  portrait:
    "portrait face headshot close-up-of-a woman-looking man-looking eyes model-posing selfie bust gesicht visage retrato 肖像 人像",
  room: "room interior kitchen bedroom living-room bathroom office studio-apartment apartment loft library hallway corridor sofa couch bed desk window windowsill window-seat fireplace cafe restaurant bar hotel lobby attic classroom hospital zimmer wohnzimmer chambre salon habitación cocina 房间 部屋",
  street:
    "street alley lane avenue road-in-city sidewalk crosswalk downtown market bazaar souk neon cyberpunk taxi tram straße rue calle 街",
  city: "city skyline skyscraper metropolis building tower urban town rooftop tokyo york london paris berlin shanghai manhattan hong-kong stadt ville ciudad città 城市 都市",
  canyon: "canyon gorge cliff mesa butte badlands ravine schlucht 峡谷",
  desert: "desert dune sand sahara oasis arid cactus camel wüste désert desierto deserto 沙漠",
  arctic:
    "arctic antarctic glacier iceberg tundra polar ice frozen snowfield penguin polar-bear igloo eis glace hielo 北极",
  forest:
    "forest wood woods jungle rainforest pine redwood grove bamboo fern mushroom clearing wald forêt bosque foresta selva 森",
  lake: "lake pond river stream waterfall fjord reservoir wetland swamp marsh canoe kayak see-mit lac lago río fluss 湖 川 河",
  coast:
    "coast beach shore island cliff-coast bay lagoon lighthouse surf harbour harbor port pier dock strand küste plage côte playa costa isla insel île 海岸 岛",
  sea: "sea ocean wave waves sailing sailboat ship boat yacht raft storm-at-sea pirate meer mer océan mar mare océano ozean 海",
  volcano: "volcano lava eruption magma volcanic vulkan volcan volcán 火山",
  mountain:
    "mountain mountains peak summit alps himalaya ridge hiking climber highland valley berg gebirge montagne montaña montagna 山",
  meadow:
    "meadow field hill hills prairie grass grassland countryside farm vineyard wheat lavender garden park pasture village barn spring-flowers wildflower tulip sunflower rose flower wiese feld champ campo prado blume fleur 草原 花",
} as const;
export type Setting = keyof typeof SETTINGS | "clouds" | "abstract";

export const SUBJECTS = {
  person:
    "person man woman girl boy child figure traveler traveller wanderer hiker explorer monk samurai knight wizard detective dancer couple lovers someone people human hero he she soldier king queen bride mann frau homme femme hombre mujer kind enfant 人 女 男",
  astronaut: "astronaut cosmonaut spaceman",
  robot: "robot android droid mech cyborg automaton",
  cat: "cat kitten kitty katze chat gato gatto 猫",
  dog: "dog puppy hund chien perro cane 狗 犬",
  fox: "fox wolf coyote fuchs renard zorro lobo loup 狐",
  deer: "deer stag elk moose reindeer antelope hirsch cerf ciervo 鹿",
  horse: "horse horses pony stallion rider cowboy pferd cheval caballo cavallo 马 馬",
  elephant: "elephant mammoth elefant éléphant elefante 象",
  bird: "bird birds seagull gull crow raven eagle hawk owl swan heron geese parrot vogel oiseau pájaro uccello 鸟 鳥",
  whale: "whale orca wal baleine ballena",
  fish: "fish fishes shark shoal koi goldfish fisch poisson pez pesce 鱼 魚",
  boat: "boat sailboat sailing yacht canoe rowboat dinghy boot bateau barco barca 船",
  ship: "ship galleon steamer ferry tanker freighter schiff navire buque",
  car: "car automobile sedan suv truck van driving roadster jeep pickup auto voiture coche 车 車",
  train: "train railway locomotive steam-engine zug tren treno 火车",
  plane: "plane airplane aircraft jet airliner flugzeug avion avión aereo 飞机",
  balloon: "balloon balloons hot-air ballon montgolfière globo mongolfiera 气球",
  station: "space-station satellite raumstation",
  rocket: "rocket spaceship spacecraft starship shuttle rakete fusée cohete 火箭",
  lighthouse: "lighthouse beacon leuchtturm phare faro 灯塔",
  house: "house cottage cabin hut barn farm farmhouse chalet villa home village haus maison casa 房子 家",
  castle:
    "castle fortress palace citadel tower ruin cathedral church schloss burg château castillo castello 城堡",
  temple: "temple pagoda shrine torii tempel templo tempio 寺",
  windmill: "windmill mill turbine windmühle moulin molino",
  bridge: "bridge viaduct brücke pont puente ponte 桥",
  tent: "tent camp camping campfire zelt tente tienda",
  tree: "tree oak willow cherry-blossom sakura baum arbre árbol albero 树 木",
  palm: "palm palms coconut tropical palme palmier palmera",
  flower: "flower flowers rose tulip sunflower lily poppy blossom bouquet blume fleur flor fiore 花",
} as const;
export type Subject = keyof typeof SUBJECTS;

export const TIMES = {
  night:
    "night midnight nocturnal moonlight moonlit moon starry stars aurora northern-lights nacht nuit noche notte 夜",
  dusk: "dusk sunset twilight evening blue-hour sundown afterglow abend soir atardecer tramonto sonnenuntergang 黄昏 夕",
  dawn: "dawn sunrise daybreak morning early-light aube amanecer alba sonnenaufgang morgen 黎明 朝",
  golden: "golden golden-hour backlit warm-light late-afternoon autumn honey amber 金色",
  day: "day noon midday sunny bright daylight clear-sky summer tag jour día giorno mittag 昼 白天",
} as const;
export type TimeOfDay = keyof typeof TIMES;

export const WEATHERS = {
  storm: "storm stormy thunder lightning tempest hurricane tornado sturm orage tormenta 嵐",
  snow: "snow snowy snowfall blizzard winter frost frozen christmas schnee neige nieve neve 雪",
  rain: "rain rainy drizzle wet downpour puddle regen pluie lluvia pioggia 雨",
  fog: "fog foggy mist misty haze hazy smoke smoky steam ethereal nebel brume niebla nebbia 雾 霧",
  cloudy: "cloud clouds cloudy overcast grey-sky gloomy bedeckt nuage nublado nuvoloso 云 雲",
} as const;
export type Weather = keyof typeof WEATHERS | "clear";

export const MOODS = {
  neon: "neon cyberpunk synthwave vaporwave futuristic hologram retrowave blade-runner sci-fi",
  dark: "dark moody noir gothic ominous scary horror haunted sinister dystopian apocalyptic gritty grim mysterious",
  dreamy: "dreamy dream pastel soft surreal fairy magical ethereal whimsical kawaii cute fantasy enchanted",
  cold: "cold icy cool bleak lonely melancholy sad nordic",
  warm: "warm cozy cosy happy joyful romantic nostalgic vintage tender",
  vivid: "vivid colorful colourful vibrant bold psychedelic pop saturated",
  quiet: "minimal minimalist minimalistic calm serene zen quiet peaceful simple clean muted",
} as const;
export type Mood = keyof typeof MOODS;

/** Colour words to a hue in degrees, or grey. */
export const HUES: Record<string, number | "grey"> = {
  ...{ red: 2, crimson: 350, scarlet: 5, orange: 26, amber: 38, yellow: 50, gold: 44, golden: 42, lime: 90 },
  ...{ green: 130, emerald: 150, jade: 158, mint: 160, teal: 180, turquoise: 176, cyan: 188, blue: 215 },
  ...{ azure: 205, navy: 225, indigo: 245, violet: 270, purple: 280, lavender: 262, magenta: 310, pink: 335 },
  ...{ rose: 345, coral: 14, peach: 24, brown: 28, copper: 22, black: "grey", white: "grey", grey: "grey" },
  ...{ gray: "grey", monochrome: "grey", silver: "grey", rot: 2, blau: 215, grün: 130, gelb: 50 },
  ...{ rouge: 2, bleu: 215, vert: 130, jaune: 50, rojo: 2, azul: 215, verde: 130, amarillo: 50 },
};

export const SHOTS = {
  close: "close close-up closeup macro detail extreme-close portrait",
  high: "aerial drone bird's-eye birds-eye overhead from-above top-down high-angle panorama overlooking",
  low: "low-angle from-below worm's-eye looking-up towering ground-level",
  wide: "wide wide-shot establishing vast epic panoramic landscape sweeping cinematic",
} as const;
export type Shot = keyof typeof SHOTS;
