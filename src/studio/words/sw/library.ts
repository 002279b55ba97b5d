import type { Words } from "../en.ts";

export const library: Words["library"] = {
  title: "Maktaba",
  heading: "Video zako",
  filter: "Onyesha",
  filters: { all: "Zote", succeeded: "Tayari", failed: "Zilizoshindwa" },
  emptyTitle: "Bado hakuna kitu",
  empty: "Video yako ya kwanza ni sentensi moja tu, na krediti za kwanza ni zawadi yetu.",
  emptyFilterTitle: "Hakuna",
  emptyFilter: "Hakuna video ya aina hiyo. Chagua nyingine.",
  first: "Tengeneza video yako ya kwanza",
  more: "Onyesha zaidi",
  remove: (title) => `Futa «${title}»`,
  draft: "Rasimu",
};
