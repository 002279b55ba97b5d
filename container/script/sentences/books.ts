import type { Language } from "../../../src/contract/video.ts";
import { englishDetails, englishDomains, englishTails } from "./english-domains.ts";
import { business, explainer, news, story } from "./english-narratives.ts";
import { event, howto, inspiration, proverb } from "./english-occasions.ts";
import type { LineBook } from "./line-book.ts";
import { shengDetails, shengDomains, shengTails } from "./sheng-domains.ts";
import { shengKinds } from "./sheng-kinds.ts";
import { swahiliDetails, swahiliDomains, swahiliTails } from "./swahili-domains.ts";
import { swahiliKinds } from "./swahili-kinds.ts";

export const lineBooks: Readonly<Record<Language, LineBook>> = {
  en: {
    kinds: { story, explainer, news, business, inspiration, event, howto, proverb },
    domains: englishDomains,
    details: englishDetails,
    tails: englishTails,
  },
  sw: { kinds: swahiliKinds, domains: swahiliDomains, details: swahiliDetails, tails: swahiliTails },
  sheng: { kinds: shengKinds, domains: shengDomains, details: shengDetails, tails: shengTails },
};
