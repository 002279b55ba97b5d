import type { WrittenLanguage } from "../../src/contract/video.ts";
import type { Kind } from "./sentences/line-book.ts";
import { plainTitle } from "./titles.ts";
import { type Brief, type Detail, type Topic, titleMaxCharacters } from "./topic.ts";
import { bareWord, capitalised, shortened, splitWords } from "./words.ts";

type PlainLanguage = Exclude<WrittenLanguage, "en" | "sw" | "sheng">;

type Vocabulary = {
  /** Words that give a kind away; a star stands for any ending. */
  kinds: Partial<Record<Kind, string>>;
  /** People: what is told about one of them is a story. */
  people: string;
  /** First words of a question. */
  questions: string;
  /** Small words that lose their capital inside a sentence. */
  small: string;
};

const topicMaxWords = 11;
/** Words of another language, which the voice reads slowly. */
const quotedMaxWords = 9;
const detailMaxWords = 9;

const vocabularies: Readonly<Record<PlainLanguage, Vocabulary>> = {
  fr: {
    kinds: {
      business:
        "publicité pub promo* vendre vente produit* boutique salon restaurant entreprise service* client* offre* marque soldes magasin",
      inspiration:
        "foi prière* prier dieu jésus espoir espérance motivation courage bible psaume* bénédiction gratitude pardon proverbe sagesse verset",
      news: "actualité* nouvelle* journal gouvernement élection* inondation* annonce* parlement ministre crise",
      event: "invitation mariage anniversaire fête festival concert conférence cérémonie baptême inauguration réunion",
      explainer:
        "comment pourquoi expliquer explication histoire-de bienfaits avantages causes effets recette étapes guide leçon science",
      story: "conte histoire récit aventure légende",
    },
    people:
      "fille garçon femme homme jeune enfant* entrepreneu* fermi* paysan* étudiant* élève mère père vieux vieille infirmi* docteur médecin artiste ami* amie* roi reine",
    questions: "pourquoi comment qui que quoi quel quelle quels quelles quand où combien est-ce",
    small:
      "le la les un une des du de l' mon ma mes notre nos pourquoi comment quand ce cette ces deux trois dans sur à au aux",
  },
  es: {
    kinds: {
      business:
        "anuncio publicidad promo* vender venta* producto* tienda salón restaurante empresa negocio* servicio* cliente* oferta* marca",
      inspiration:
        "fe oración orar dios jesús esperanza motivación ánimo biblia salmo* bendición gratitud perdón proverbio refrán sabiduría",
      news: "noticia* actualidad gobierno elecciones inundaci* anuncia* parlamento ministr* crisis informe",
      event: "invitación boda cumpleaños fiesta festival concierto conferencia ceremonia bautizo inauguración reunión",
      explainer:
        "cómo explicar explicación beneficios ventajas causas efectos receta pasos guía lección ciencia importancia",
      story: "cuento historia relato aventura leyenda",
    },
    people:
      "niña niño chica chico mujer hombre joven emprendedor* agricultor* campesin* estudiante* alumn* madre padre enfermer* médic* artista* amig* rey reina anciano anciana",
    questions: "por qué cómo quién qué cuál cuándo dónde cuánto cuánta cuántos cuántas",
    small:
      "el la los las un una unos unas mi mis nuestro nuestra por cómo cuando dos tres en sobre qué quién de del al",
  },
  pt: {
    kinds: {
      business:
        "anúncio publicidade promo* vender venda* produto* loja salão restaurante empresa negócio* serviço* cliente* oferta* marca",
      inspiration:
        "fé oração orar deus jesus esperança motivação ânimo bíblia salmo* bênção gratidão perdão provérbio sabedoria",
      news: "notícia* atualidade governo eleiç* inundaç* cheias anuncia* parlamento ministr* crise relatório",
      event:
        "convite casamento aniversário festa festival concerto conferência cerimónia cerimônia batizado inauguração reunião",
      explainer:
        "como explicar explicação benefícios vantagens causas efeitos receita passos guia lição ciência importância",
      story: "conto história relato aventura lenda",
    },
    people:
      "menina menino rapariga rapaz mulher homem jovem empreendedor* agricultor* camponês* camponesa estudante* alun* mãe pai enfermeir* médic* artista* amig* rei rainha avó avô",
    questions: "porquê porque como quem que qual quais quando onde quanto quanta quantos quantas",
    small:
      "o a os as um uma uns umas meu minha nosso nossa porque porquê como quando dois duas três em no na sobre de do da",
  },
  de: {
    kinds: {
      business:
        "werbung anzeige verkauf* produkt* laden geschäft salon restaurant firma unternehmen dienst* kunde* angebot* marke",
      inspiration:
        "glaube gebet beten gott jesus hoffnung motivation mut bibel psalm* segen dankbarkeit vergebung sprichwort weisheit",
      news: "nachricht* aktuell* regierung wahl* überschwemmung* hochwasser meldung* parlament minister* krise bericht",
      event: "einladung hochzeit geburtstag* fest festival konzert konferenz feier taufe eröffnung treffen",
      explainer: "wie warum erklär* vorteile ursachen folgen rezept schritte anleitung lektion wissenschaft bedeutung",
      story: "märchen geschichte erzählung abenteuer legende",
    },
    people:
      "mädchen junge frau mann jugendlich* kind kinder unternehmer* bauer bäuerin student* schüler* mutter vater krankenschwester arzt ärztin künstler* freund* könig königin großmutter",
    questions: "warum wie wer was welche welcher welches wann wo wohin wieviel weshalb wieso",
    small: "der die das ein eine einen mein meine unser unsere wie warum wann in über zwei drei von für mit",
  },
  it: {
    kinds: {
      business:
        "pubblicità annuncio promo* vendere vendita prodott* negozio salone ristorante azienda impresa serviz* client* offert* marca",
      inspiration:
        "fede preghiera pregare dio gesù speranza motivazione coraggio bibbia salmo benedizione gratitudine perdono proverbio saggezza",
      news: "notizi* attualità governo elezion* alluvion* annuncia* parlamento ministr* crisi rapporto",
      event:
        "invito matrimonio compleanno festa festival concerto conferenza cerimonia battesimo inaugurazione riunione",
      explainer:
        "come spiegare spiegazione benefici vantaggi cause effetti ricetta passi guida lezione scienza importanza",
      story: "fiaba storia racconto avventura leggenda",
    },
    people:
      "ragazza ragazzo donna uomo giovane bambin* imprenditor* imprenditrice contadin* student* alunn* madre padre infermier* medico artista amic* re regina nonna nonno",
    questions: "perché come chi che cosa quale quali quando dove quanto quanta quanti quante",
    small: "il lo la i gli le un uno una mio mia nostro nostra come perché quando due tre in su di del della",
  },
  af: {
    kinds: {
      business:
        "advertensie bemark* verkoop produk* winkel salon restaurant besigheid maatskappy diens* kliënt* aanbod spesiale handelsmerk",
      inspiration:
        "geloof gebed bid god jesus hoop motivering moed bybel psalm* seën dankbaarheid vergifnis spreekwoord wysheid",
      news: "nuus verslag regering verkiesing* vloed* oorstroming* aankondig* parlement minister krisis",
      event: "uitnodiging troue verjaar* fees partytjie konsert konferensie seremonie doop opening byeenkoms",
      explainer: "hoe hoekom waarom verduidelik* voordele oorsake gevolge resep stappe gids les wetenskap belang*",
      story: "sprokie storie verhaal avontuur legende",
    },
    people:
      "meisie seun vrou man jong kind kinders entrepreneur* boer boervrou student* leerling* ma pa verpleegster dokter kunstenaar* vriend* koning koningin ouma oupa",
    questions: "hoekom waarom hoe wie wat watter wanneer waar hoeveel",
    small: "die 'n my ons hoe hoekom waarom wanneer twee drie in oor van vir met",
  },
  ar: {
    kinds: {
      business: "إعلان ترويج بيع منتج منتجات متجر محل صالون مطعم شركة خدمة خدمات عرض عروض زبائن",
      inspiration: "إيمان صلاة دعاء الله أمل الأمل تحفيز صبر الصبر شكر قرآن رمضان حكمة مثل تسامح",
      news: "خبر أخبار تقرير حكومة الحكومة انتخابات فيضان فيضانات برلمان وزير أزمة",
      event: "دعوة زفاف عرس عيد حفل حفلة مهرجان مؤتمر افتتاح تخرج",
      explainer: "كيف لماذا شرح فوائد أسباب آثار طريقة خطوات درس علم أهمية",
      story: "قصة حكاية مغامرة أسطورة",
    },
    people:
      "فتاة فتى ولد بنت امرأة رجل شاب شابة طفل طفلة أطفال فلاح مزارع طالب طالبة أم أب طبيب طبيبة ممرضة فنان صديق ملك ملكة جدة",
    questions: "لماذا كيف من ما ماذا متى أين كم هل أي",
    small: "",
  },
};

function isOneOf(word: string, list: string): boolean {
  return list.split(" ").some((known) => (known.endsWith("*") ? word.startsWith(known.slice(0, -1)) : word === known));
}

/** What was asked for decides, then who it is about, then the other words. */
function kindOf(brief: Brief, vocabulary: Vocabulary, isQuestion: boolean): Kind {
  const asked = kindFromList(brief.hint, vocabulary);
  if (asked !== undefined) return asked;
  if (isQuestion) return "explainer";
  const opening = splitWords(brief.main).slice(0, 3).map(bareWord);
  if (opening.some((word) => isOneOf(word, vocabulary.people))) return "story";
  return kindFromList(brief.whole, vocabulary) ?? "explainer";
}

function kindFromList(text: string, vocabulary: Vocabulary): Kind | undefined {
  const words = splitWords(text).map(bareWord);
  let best: { kind: Kind; count: number } | undefined;
  for (const [kind, list] of Object.entries(vocabulary.kinds) as [Kind, string][]) {
    const count = words.filter((word) => isOneOf(word, list)).length;
    if (count > (best?.count ?? 0)) best = { kind, count };
  }
  return best?.kind;
}

/**
 * Reads a prompt in the language of the narration: its words stand after a colon, where a phrase and a sentence are both
 * right. A prompt in another language is quoted.
 */
export function plainTopic(brief: Brief, language: PlainLanguage): Topic {
  const vocabulary = vocabularies[language];
  const words = splitWords(brief.main);
  const isForeign = brief.promptLanguage !== language;
  const isQuestion = !isForeign && (brief.isQuestion || isOneOf(bareWord(words[0] ?? ""), vocabulary.questions));
  const mark = language === "ar" ? "؟" : "?";
  const plain = plainTitle(brief.main);
  const title = isQuestion && plain.length < titleMaxCharacters ? plain + mark : plain;
  const details = brief.rest.map(
    (rest): Detail => ({ text: shortened(rest.replace(/[.!?؟]+$/u, ""), detailMaxWords), isSentence: false }),
  );
  const about = { kind: kindOf(brief, vocabulary, isQuestion), domains: ["general" as const], title };
  if (isForeign) {
    const topic = `“${shortened(capitalised(brief.main), quotedMaxWords)}”`;
    return { ...about, slots: { here: "", topic }, details: [], isQuoted: true };
  }
  const [first = "", ...others] = words;
  const isSmall = isOneOf(first.toLowerCase(), vocabulary.small) || /^[ld]'/iu.test(first);
  const topic = shortened(
    [isSmall ? first.charAt(0).toLowerCase() + first.slice(1) : first, ...others].join(" "),
    topicMaxWords,
  );
  const isShortQuestion = isQuestion && words.length <= topicMaxWords;
  const opening = language === "es" ? "¿" : "";
  return {
    ...about,
    slots: {
      here: "",
      topic,
      ...(isShortQuestion ? { question: `${opening}${capitalised(brief.main).replace(/^¿/u, "")}${mark}` } : {}),
    },
    details,
  };
}
