import type { WrittenLanguage } from "../../../src/contract/video.ts";
import { afrikaansBook } from "./afrikaans.ts";
import { arabicBook } from "./arabic.ts";
import { englishDetails, englishDomains, englishTails } from "./english-domains.ts";
import { business, explainer, news, story } from "./english-narratives.ts";
import { event, howto, inspiration, proverb } from "./english-occasions.ts";
import { frenchBook } from "./french.ts";
import { germanBook } from "./german.ts";
import { italianBook } from "./italian.ts";
import type { LineBook } from "./line-book.ts";
import { portugueseBook } from "./portuguese.ts";
import { shengDetails, shengDomains, shengTails } from "./sheng-domains.ts";
import { shengKinds } from "./sheng-kinds.ts";
import { spanishBook } from "./spanish.ts";
import { swahiliDetails, swahiliDomains, swahiliTails } from "./swahili-domains.ts";
import { swahiliKinds } from "./swahili-kinds.ts";

export const lineBooks: Readonly<Record<WrittenLanguage, LineBook>> = {
  en: {
    kinds: { story, explainer, news, business, inspiration, event, howto, proverb },
    domains: englishDomains,
    details: englishDetails,
    tails: englishTails,
  },
  sw: { kinds: swahiliKinds, domains: swahiliDomains, details: swahiliDetails, tails: swahiliTails },
  sheng: { kinds: shengKinds, domains: shengDomains, details: shengDetails, tails: shengTails },
  fr: frenchBook,
  pt: portugueseBook,
  es: spanishBook,
  de: germanBook,
  it: italianBook,
  af: afrikaansBook,
  ar: arabicBook,
};
