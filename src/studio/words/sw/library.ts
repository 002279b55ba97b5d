import type { Words } from "../en.ts";

export const library: Words["library"] = {
  title: "Maktaba",
  heading: "Video zako",
  filter: "Onyesha",
  filters: { all: "Zote", succeeded: "Tayari", failed: "Zilizoshindwa" },
  search: "Tafuta kwenye video zako",
  found: (n, isMore) => `${isMore ? "Angalau " : ""}${n.toLocaleString("en")} zimepatikana`,
  notFound: (words) => `Hakuna kuhusu «${words}»`,
  notFoundText: "Tumetafuta kwenye vichwa, mawazo na maneno yanayosemwa. Jaribu maneno machache au tahajia nyingine.",
  notFoundHere: (filter) => `Tumetafuta kwenye «${filter}» pekee. Chagua «Zote», au jaribu maneno machache.`,
  searchAll: "Onyesha zote",
  emptyTitle: "Bado hakuna kitu",
  empty: "Video yako ya kwanza ni sentensi moja tu, na krediti za kwanza ni zawadi yetu.",
  emptyFilterTitle: "Hakuna",
  emptyFilter: "Hakuna video ya aina hiyo. Chagua nyingine.",
  first: "Tengeneza video yako ya kwanza",
  more: "Onyesha zaidi",
  remove: (title) => `Futa «${title}»`,
  draft: "Rasimu",
};
