import { type Wording, wordMap } from "./wording.ts";

export const arabic: Wording = {
  letters: "Arabic",
  signs: { "&": "و", "+": "زائد", "=": "يساوي", "@": "at", "°": "درجة", "%": "بالمئة" },
  money: {
    $: "دولار",
    usd: "دولار",
    "€": "يورو",
    "£": "جنيه إسترليني",
    kes: "شلن كيني",
    ksh: "شلن كيني",
    egp: "جنيه مصري",
    sdg: "جنيه سوداني",
    mad: "درهم مغربي",
  },
  until: "إلى",
  thousand: "ألف",
  point: ".",
  clock: (hours, minutes) => (minutes === 0 ? `${hours} تماما` : `${hours} و ${minutes} دقيقة`),
  shortForms: wordMap(
    "كم كيلومتر | كلم كيلومتر | كغ كيلوغرام | كجم كيلوغرام | سم سنتيمتر | ملم مليمتر | د. دكتور | أ.د الأستاذ الدكتور | إلخ إلى آخره | الخ إلى آخره | ق.م قبل الميلاد | km كيلومتر | kg كيلوغرام | ص.ب صندوق بريد",
  ),
  beforeNumbers: wordMap("ص. صفحة"),
  respelled: new Map(),
};

export const hindi: Wording = {
  letters: "Devanagari",
  signs: { "&": "और", "+": "जमा", "=": "बराबर", "@": "at", "°": "डिग्री", "%": "प्रतिशत" },
  money: {
    $: "डॉलर",
    usd: "डॉलर",
    "€": "यूरो",
    "£": "पाउंड",
    "₹": "रुपये",
    rs: "रुपये",
    inr: "रुपये",
    kes: "केन्याई शिलिंग",
    ksh: "केन्याई शिलिंग",
  },
  until: "से",
  thousand: "हज़ार",
  point: ".",
  clock: (hours, minutes) => (minutes === 0 ? `${hours} बजे` : `${hours} बजकर ${minutes} मिनट`),
  shortForms: wordMap(
    "कि.मी किलोमीटर | किमी किलोमीटर | कि.ग्रा किलोग्राम | किग्रा किलोग्राम | से.मी सेंटीमीटर | डॉ डॉक्टर | डा डॉक्टर | प्रो प्रोफेसर | रु रुपये | km किलोमीटर | kg किलोग्राम | ई.पू ईसा पूर्व",
  ),
  beforeNumbers: wordMap("सं. संख्या | पृ. पृष्ठ"),
  respelled: new Map(),
};
