import { withoutDanglingEnd } from "./words.ts";

/** Places a prompt may name, and how each is said with a preposition. */

type FoundPlace = {
  name: string;
  english: string;
  swahili: string;
  /** Word positions of the place and its preposition or article in the text searched: from first to last, inclusive. */
  firstWord: number;
  lastWord: number;
  hasPreposition: boolean;
};

const cities =
  "Nairobi,Mombasa,Kisumu,Nakuru,Eldoret,Thika,Nyeri,Kitui,Machakos,Meru,Embu,Kakamega,Kisii,Kericho,Naivasha,Malindi,Garissa,Lodwar,Nanyuki," +
  "Isiolo,Bungoma,Kitale,Narok,Voi,Murang'a,Kiambu,Limuru,Ruiru,Homa Bay,Migori,Busia,Marsabit,Wajir,Mandera,Kajiado,Kilifi,Karen,Nyahururu," +
  "Dar es Salaam,Dodoma,Arusha,Mwanza,Moshi,Tanga,Mbeya,Morogoro,Kampala,Entebbe,Jinja,Gulu,Mbarara,Kigali,Bujumbura,Gitega,Addis Ababa," +
  "Mogadishu,Hargeisa,Djibouti City,Asmara,Juba,Khartoum,Cairo,Alexandria,Tripoli,Tunis,Algiers,Casablanca,Rabat,Marrakesh,Dakar,Accra,Kumasi," +
  "Lagos,Abuja,Ibadan,Kano,Enugu,Port Harcourt,Abidjan,Bamako,Ouagadougou,Niamey,Conakry,Freetown,Monrovia,Lomé,Lome,Cotonou,Yaoundé,Yaounde,Douala," +
  "Libreville,Brazzaville,Kinshasa,Goma,Lubumbashi,Luanda,Lusaka,Harare,Bulawayo,Lilongwe,Blantyre,Maputo,Johannesburg,Cape Town,Durban,Pretoria," +
  "Soweto,Windhoek,Gaborone,Antananarivo,Port Louis,London,Manchester,Paris,Berlin,Rome,Madrid,Lisbon,Amsterdam,Brussels,Geneva,Stockholm,Oslo," +
  "Istanbul,Dubai,Abu Dhabi,Doha,Riyadh,Mecca,Jerusalem,Bethlehem,Nazareth,Mumbai,Delhi,Bangalore,Karachi,Dhaka,Beijing,Shanghai,Hong Kong,Tokyo,Seoul," +
  "Bangkok,Singapore,Jakarta,Manila,Sydney,Melbourne,New York,Los Angeles,Chicago,Boston,Atlanta,Seattle,San Francisco,Silicon Valley,Toronto," +
  "Mexico City,Rio de Janeiro,São Paulo,Buenos Aires,Kibera,Mathare,Korogocho,Dandora,Kayole,Eastlands,Westlands,Gikomba,Ngong,Kawangware,Eastleigh," +
  "Umoja,Githurai,Rongai,Kariobangi,Mukuru,Kakuma,Dadaab";
const lands =
  "Kenya,Tanzania,Uganda,Rwanda,Burundi,Ethiopia,Eritrea,Djibouti,Somalia,Somaliland,South Sudan:Sudan Kusini,Sudan,Egypt:Misri,Libya,Tunisia,Algeria," +
  "Morocco:Moroko,Mauritania,Senegal,Gambia,Mali,Guinea,Guinea-Bissau,Sierra Leone,Liberia,Ivory Coast:Kodivaa,Ghana,Togo,Benin,Nigeria,Niger,Chad," +
  "Burkina Faso,Cameroon:Kamerun,Gabon,Equatorial Guinea,Angola,Zambia,Zimbabwe,Malawi,Mozambique:Msumbiji,Botswana,Namibia,South Africa:Afrika Kusini," +
  "Lesotho,Eswatini,Madagascar:Madagaska,Mauritius:Morisi,Seychelles:Shelisheli,Comoros:Komoro,Cape Verde,Turkana,Zanzibar,Pemba,Lamu,Africa:Afrika," +
  "East Africa:Afrika Mashariki,West Africa:Afrika Magharibi,Southern Africa:Kusini mwa Afrika,North Africa:Afrika Kaskazini,Central Africa:Afrika ya Kati," +
  "Europe:Ulaya,Asia,America:Marekani,the United States:Marekani,the USA:Marekani,the UK:Uingereza,the United Kingdom:Uingereza,England:Uingereza," +
  "Scotland,Ireland,France:Ufaransa,Germany:Ujerumani,Italy:Italia,Spain:Hispania,Portugal:Ureno,Greece:Ugiriki,Turkey:Uturuki,Russia:Urusi," +
  "Ukraine,Poland,Sweden,Norway,Denmark,Finland,the Netherlands:Uholanzi,Belgium:Ubelgiji,Switzerland:Uswisi,China:Uchina,Japan:Japani,Korea," +
  "South Korea:Korea Kusini,India,Pakistan,Bangladesh,Indonesia,Malaysia,Thailand,Vietnam,the Philippines:Ufilipino,Australia,New Zealand,Canada:Kanada," +
  "Mexico,Brazil:Brazili,Argentina,Chile,Colombia,Peru,Cuba,Jamaica:Jamaika,Haiti,Israel,Palestine:Palestina,Saudi Arabia:Saudia,Qatar,Iran,Iraq,Syria," +
  "Misri,Afrika,Afrika Kusini,Afrika Mashariki,Msumbiji,Marekani,Uingereza,Ulaya,Ujerumani,Ufaransa,Uchina,Pwani";
const landmarks =
  "Mount Kenya:Mlima Kenya,Mount Kilimanjaro:Mlima Kilimanjaro,Kilimanjaro,Lake Victoria:Ziwa Viktoria,Lake Turkana:Ziwa Turkana," +
  "Lake Tanganyika:Ziwa Tanganyika,Lake Malawi:Ziwa Malawi,the Rift Valley:Bonde la Ufa,the Maasai Mara:Maasai Mara,the Masai Mara:Maasai Mara," +
  "the Serengeti:Serengeti,the Sahara:Sahara,the Nile:Mto Nile,Ngong Hills,Karura Forest:Msitu wa Karura,Tsavo,Amboseli,Mars,the Moon:mwezini";

type Entry = { name: string; swahili: string; kind: "city" | "land" | "landmark" };

function entries(list: string, kind: Entry["kind"]): [string, Entry][] {
  return list.split(",").map((item) => {
    const [name = "", swahili = name] = item.split(":");
    return [name.toLowerCase().replace(/^the /u, ""), { name, swahili, kind }];
  });
}

const gazetteer = new Map<string, Entry>([
  ...entries(cities, "city"),
  ...entries(lands, "land"),
  ...entries(landmarks, "landmark"),
]);
const properWords = new Set(
  [...gazetteer.values()].flatMap(({ name }) =>
    name
      .split(" ")
      .filter((word) => /^\p{Lu}/u.test(word))
      .map((word) => word.toLowerCase()),
  ),
);
/** These are also ordinary words, so only a capital letter makes places of them. */
const ambiguous = new Set([
  "turkey",
  "mars",
  "chad",
  "mali",
  "umoja",
  "pwani",
  "cuba",
  "karen",
  "chile",
  "embu",
  "guinea",
  "voi",
  "boston",
]);
const prepositions = new Set(
  "in at on around across near within from inside throughout barani katika huko pale jijini nchini mjini kule mtaani kwenye".split(
    " ",
  ),
);

/** The last place named in the words, with its preposition, if any. */
export function findPlace(words: readonly string[]): FoundPlace | undefined {
  for (let start = words.length - 1; start >= 0; start -= 1) {
    for (let length = Math.min(4, words.length - start); length >= 1; length -= 1) {
      const slice = words.slice(start, start + length);
      if (slice.slice(0, -1).some((word) => /[,.;:!?]$/u.test(word))) continue;
      const written = slice.join(" ").replace(/[,.;:!?]+$/u, "");
      const entry = gazetteer.get(written.toLowerCase());
      if (entry === undefined) continue;
      if (ambiguous.has(written.toLowerCase()) && !/^\p{Lu}/u.test(written)) continue;
      return describe(entry, words, start, start + length - 1);
    }
  }
  return undefined;
}

function describe(entry: Entry, words: readonly string[], start: number, end: number): FoundPlace {
  let first = start;
  if (/^the$/iu.test(words[first - 1] ?? "")) first -= 1;
  const before = (words[first - 1] ?? "").toLowerCase();
  const hasPreposition = prepositions.has(before);
  if (hasPreposition) first -= 1;
  const near = ["from", "across", "near", "around", "throughout", "inside"].includes(before) ? before : undefined;
  return {
    name: entry.name.replace(/^the /u, ""),
    english: `${near ?? englishPreposition(entry)} ${entry.name}`,
    swahili: swahiliLocative(entry),
    firstWord: first,
    lastWord: end,
    hasPreposition,
  };
}

function englishPreposition({ kind, name }: Entry): string {
  if (kind !== "landmark") return "in";
  return /^(?:Mount|Lake|Kilimanjaro|the Nile|Mars|the Moon)/u.test(name) ? "on" : "in";
}

const towns = new Set([
  "Nairobi",
  "Mombasa",
  "Kisumu",
  "Nakuru",
  "Eldoret",
  "Dar es Salaam",
  "Kampala",
  "Kigali",
  "Lagos",
  "Accra",
  "London",
  "Paris",
]);
const continents = new Set(["Africa", "Afrika", "Europe", "Ulaya", "Asia"]);
const countries = new Set([
  "Kenya",
  "Tanzania",
  "Uganda",
  "Rwanda",
  "Burundi",
  "Ethiopia",
  "Nigeria",
  "Ghana",
  "Somalia",
  "South Africa",
  "Egypt",
]);

function swahiliLocative({ name, swahili, kind }: Entry): string {
  if (name === "the Moon") return swahili;
  if (towns.has(name)) return `jijini ${swahili}`;
  if (countries.has(name)) return `nchini ${swahili}`;
  if (continents.has(name)) return `barani ${swahili}`;
  return kind === "landmark" ? `katika ${swahili}` : `huko ${swahili}`;
}

/** A place named in a phrase; `isRemovable` when it ends it with a preposition of its own. */
export type PlaceAtEnd = { found: FoundPlace; isRemovable: boolean };

export function placeAtEnd(words: readonly string[]): PlaceAtEnd | undefined {
  const found = findPlace(words);
  if (found === undefined) return undefined;
  const isRemovable = found.hasPreposition && found.lastWord === words.length - 1 && found.firstWord >= 1;
  return { found, isRemovable };
}

export function withoutPlace(words: readonly string[], place: PlaceAtEnd): string {
  return withoutDanglingEnd((place.isRemovable ? words.slice(0, place.found.firstWord) : words).join(" "));
}

/** Whether a word is part of a place's name, so that it keeps its capital. */
export function isPlaceWord(word: string): boolean {
  return properWords.has(word.toLowerCase());
}
