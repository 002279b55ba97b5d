import { countWords } from "./words.ts";

/** A prompt's sentence without its orders to us. `hint` keeps the words taken out: they often say which kind of video is meant. */
type Stripped = { text: string; hint: string };

const courtesy =
  /^(?:please|kindly|hi(?: there)?|hello|hey(?: there)?|ok(?:ay)?|so|tafadhali|habari(?= )(?=\s*[,.!]|\s+yako)|mambo|niaje|naomba|sasa)(?:[,.!]+\s*|\s+)/iu;
const request =
  /^(?:(?:can|could|would|will) (?:you|we)(?: please| kindly)?|i(?:'d| would)? (?:want|need|like)(?: (?:you|us))?(?: to)?|we(?:'d| would)? (?:want|need|like)(?: you)?(?: to)?|i am looking for|i'm looking for|help (?:me|us)(?: to)?|let(?:'s| us)|nataka|ningependa|ninataka|tunataka|tungependa|nahitaji|nisaidie|unaweza) (?=\S)/iu;

const make =
  "(?:make|create|generate|produce|write|craft|draft|prepare|compose|film|animate|render|record|give|show|tell|build|design|do|shoot|come up with)(?: (?:me|us))?";
const quality =
  "(?:an?|the|some|my|our|one|two|three|few|very|really|super|short|long|quick|brief|little|small|simple|nice|good|great|cool|fun|funny|hilarious|beautiful|amazing|" +
  "exciting|emotional|touching|dramatic|cinematic|viral|engaging|catchy|powerful|heartwarming|inspiring|inspirational|motivational|motivating|uplifting|educational|" +
  "informative|animated|vertical|horizontal|youtube|tiktok|instagram|facebook|whatsapp|status|social|media|marketing|promotional|promo|product|business|company|" +
  "children's|kids'?|kid's|bedtime|news|explainer|training|church|sunday|school|christian|new|full|hd|4k|720p|1080p|professional|modern|african|kenyan|swahili|english|sheng|" +
  "daily|morning|breaking|how-to|step-by-step|launch|sales|brand|radio|tv|television|documentary|birthday|wedding|graduation|anniversary|farewell|invitation|invite|video|\\d+(?:\\.\\d+)?[- ]?(?:seconds?|secs?|minutes?|mins?|scenes?|s|m)|\\d+|" +
  "(?:one|two|three|five|ten)[- ](?:seconds?|minutes?|scenes?)|thirty|sixty|second|minute|scene|long,?)";
const media =
  "(?:videos?|clips?|films?|movies?|animations?|reels?|shorts?|tiktoks?|ads?|adverts?|advertisements?|commercials?|promos?|promotions?|trailers?|teasers?|stor(?:y|ies)|tales?|fables?|scripts?|" +
  "documentar(?:y|ies)|explainers?|explanations?|tutorials?|lessons?|presentations?|slideshows?|reports?|bulletins?|podcasts?|messages?|devotionals?|skits?|montages?|intros?|campaigns?|" +
  "vlogs?|narrations?|voice-?overs?|guides?|announcements?|pitch(?:es)?|reminders?|poems?|overviews?|summary|introductions?|speech)";
const link =
  "(?:,? ?(?:that|which) (?:shows?|explains?|tells?(?: us)?|is|teaches|talks?|describes?)(?: about| on| the story of| how)?(?= )|about|on|of|for|showing|explaining|describing|telling|to (?:promote|advertise|explain|show|teach|celebrate|market|announce|introduce|" +
  "sell)|promoting|advertising|announcing|celebrating|introducing|featuring|where|in which|titled|called|with the title|based on|regarding|:|,|-)";
const englishOrder = new RegExp(
  `^(?:${make} (?:${quality} )*${media}(?: ${media})*(?:[:,]? ${link})?|(?:${quality} )*${media}(?: ${media})* (?:${link})(?<! (?:for|:|,))|(?:${quality} )+videos? for|(?:${quality} )*(?:ads?|adverts?|advertisements?|commercials?|promos?) for)[:,]?\\s+(?=\\S)`,
  "iu",
);
const imperative =
  /^(?:explain(?: to (?:me|us|kids|children|beginners|students))?(?: about)?|describe|promote|advertise|market|narrate|announce|introduce|celebrate(?= (?:my|our|the))|talk about|tell (?:me|us|kids|children|people|them|everyone)(?: the story)?(?: about| of)?|show (?:me |us |people )?(?=how|why|what|the|a )|teach (?:me|us|kids|children|people|students|beginners)(?: about)?(?: (?=how))?|something about|it should be about|it's about|it is about|my topic is|topic:?|title:?|prompt:?|subject:?|mada:?|kichwa:?|(?:you are|you're|everyone is|we are) (?:warmly |all |cordially |kindly )*(?:invited|inviting you) to|join us (?:for|at)|come (?:and join us )?(?:for|to)|save the date(?: for)?|karibuni|mnaalikwa|unaalikwa)\s+(?=\S)/iu;

const swahiliMake =
  "(?:(?:u|ni|uni|tu|ku|m)?(?:tengenez(?:a|ee|ea)|unda|undie|andik(?:a|ie)|andali?(?:a|e)|fany(?:a|ie)|simuli(?:a|e)|tung(?:a|ie)|elez(?:a|ee|ea)|ele(?:za|zea)|onyesh(?:a|e)|letee?|leta|tangaz(?:a|ie)|pee?))";
const swahiliMedia =
  "(?:ka-?)?(?:video|vidi|vidio|filamu|tangazo|hadithi|stori|story|simulizi|kisa|clip|klipu|habari|taarifa|somo|mafunzo|ujumbe|mahubiri|makala|ad|advert|katuni|neno|mwongozo|maelezo)";
const swahiliQuality =
  "(?:fupi|refu|nzuri|poa|kali|ndogo|kubwa|moja|mpya|(?:ya|la|za|wa|cha) (?:sekunde|dakika|kuchekesha|kutia moyo|kufundisha|watoto|biashara|kuhamasisha|elimu|motisha|kufurahisha)(?: \\d+| moja| mbili| tatu)?)";
const swahiliLink =
  "(?:kuhusu|juu ya|inayoonyesha|inayohusu|inayoeleza|inayoelezea|linalohusu|kwa ajili ya|yenye|ya kuonyesha|ya kueleza|about|ya|la|za|:)";
const swahiliOrder = new RegExp(
  `^(?:${swahiliMake} (?:${swahiliMedia})(?: ${swahiliQuality})*(?:,? ${swahiliLink})?|(?:${swahiliMedia})(?: ${swahiliQuality})* (?:kuhusu|juu ya|inayohusu|inayoonyesha|about)|(?:ka-?)?(?:video|vidi|tangazo|story|stori|hadithi|simulizi|kisa|filamu|ad) (?:ya|la|cha|za)(?! kweli)|(?:ni|u)?(?:elezee?|eleza|tueleze|elezea|simulia|nisimulie|onyesha|tangaza)(?: kuhusu| juu ya)?|kuhusu)[:,]?\\s+(?=\\S)`,
  "iu",
);

/** "Make a short video about", in the other languages that prompts are written in. */
const otherOrders: readonly RegExp[] = [
  /^(?:(?:s'il (?:te|vous) plaît,? )?(?:fais|faites|crée|créer|créez|réalise|réalisez|génère|générez|écris|écrivez|raconte|racontez|prépare|préparez|explique|expliquez|présente|présentez)(?:-(?:moi|nous))?(?: (?:une?|la|le|l'|cette|petite?|courte?|belle|brève|vidéo|film|clip|histoire|annonce|publicité|pub|reportage|leçon|de \d+ (?:secondes?|minutes?)))*(?: (?:sur|de|d'|du|des|pour|à propos de|qui parle de|au sujet de))?|(?:une? )?(?:courte |petite )?(?:vidéo|film|publicité|pub|reportage) (?:de \d+ (?:secondes?|minutes?) )?(?:sur|pour|à propos de))[:,]?\s+(?=\S)/iu,
  /^(?:(?:por favor,? )?(?:haz|hazme|crea|créame|genera|escribe|cuenta|cuéntame|prepara|explica|presenta|produce)(?: (?:un|una|el|la|video|vídeo|película|corto|corta|breve|historia|anuncio|reportaje|lección|clip|de \d+ (?:segundos?|minutos?)))*(?: (?:sobre|de|para|acerca de|que hable de))?|(?:un )?(?:vídeo|video|anuncio|reportaje) (?:de \d+ (?:segundos?|minutos?) )?(?:sobre|para|acerca de))[:,]?\s+(?=\S)/iu,
  /^(?:(?:por favor,? )?(?:faz|faça|cria|crie|gera|gere|escreve|escreva|conta|conte|prepara|prepare|explica|explique|apresenta|apresente|produza)(?: (?:um|uma|o|a|vídeo|video|filme|curto|curta|breve|pequeno|pequena|história|anúncio|reportagem|lição|de \d+ (?:segundos?|minutos?)))*(?: (?:sobre|de|para|acerca de|que fale de))?|(?:um )?(?:vídeo|video|anúncio) (?:de \d+ (?:segundos?|minutos?) )?(?:sobre|para|acerca de))[:,]?\s+(?=\S)/iu,
  /^(?:(?:bitte )?(?:mach|mache|machen sie|erstelle?|erstellen sie|erzeuge|schreibe?|schreiben sie|erzähle?|erzählen sie|erkläre?|erklären sie|produziere)(?: (?:mir|uns))?(?: (?:ein|eine|einen|das|die|den|kurzes|kurze|kurzen|schönes|video|film|clip|geschichte|werbung|anzeige|bericht|lektion|von \d+ (?:sekunden|minuten)))*(?: (?:über|von|für|zu|zum thema))?|(?:ein )?(?:kurzes )?(?:video|film|werbevideo) (?:über|für|zu|zum thema))[:,]?\s+(?=\S)/iu,
  /^(?:(?:per favore,? )?(?:fai|fammi|crea|creami|genera|scrivi|racconta|raccontami|prepara|spiega|presenta|produci)(?: (?:un|una|un'|il|la|video|film|breve|corto|piccolo|storia|annuncio|pubblicità|servizio|lezione|di \d+ (?:secondi?|minuti?)))*(?: (?:su|sul|sulla|sui|sulle|di|per|che parla di))?|(?:un )?(?:breve )?(?:video|annuncio) (?:di \d+ (?:secondi?|minuti?) )?(?:su|sul|sulla|per))[:,]?\s+(?=\S)/iu,
  /^(?:(?:asseblief,? )?(?:maak|skep|skryf|vertel|verduidelik|berei)(?: (?:vir (?:my|ons)|asseblief))?(?: (?:'n|die|kort|mooi|klein|video|fliek|storie|advertensie|berig|les|van \d+ (?:sekondes?|minute)))*(?: (?:oor|van|vir))?|(?:'n )?(?:kort )?(?:video|advertensie) (?:oor|vir))[:,]?\s+(?=\S)/iu,
  /^(?:من فضلك،? )?(?:اصنع|اصنعي|أنشئ|اعمل|اكتب|احك|أعد|اشرح|قدم)(?: (?:لي|لنا))?(?: (?:فيديو|مقطع|مقطعا|فيلما|قصيرا|قصير|جميلا|قصة|إعلانا|إعلان|تقريرا|درسا|مدته \d+ (?:ثانية|دقيقة)))*(?: (?:عن|حول|ل|من أجل))?[:،]?\s+(?=\S)/u,
];

const endings: readonly RegExp[] = [
  /[,]?\s+(?:(?:in|within|under|lasting|for|of|about|kwa|ya) )?(?:\d+|one|two|three|five|ten|thirty|sixty)[- ]?(?:seconds?|secs?|minutes?|mins?|scenes?)(?: long| each| or less)?$/iu,
  /[,]?\s+(?:kwa|ya|yenye) (?:dakika|sekunde|scenes?) (?:\d+|moja|mbili|tatu|thelathini|sitini)$/iu,
  /[,]?\s+(?:for|on|to post on|to share on|kwa|ya) (?:my |our |the |a )?(?:youtube|tiktok|tik tok|instagram|ig|facebook|whatsapp|twitter|x|linkedin|social media|reels)(?: (?:channel|page|status|reels?|shorts?|feed|story|audience|post|video))*$/iu,
  /[,]?\s+(?:and |please )?(?:with|using|add|include) (?:(?:some|nice|soft|upbeat|calm|cool|gentle|happy|sad|dramatic|inspiring|african|background|an?|english|swahili|good|the|loud|clear|male|female|burned-in)\s+)*(?:music|captions?|subtitles?|voice-?overs?|voice|animations?|transitions?|effects|narration)(?: (?:and|with) .{0,40})?$/iu,
  /[,]?\s+(?:in (?:english|swahili|kiswahili|sheng|french)|kwa (?:kiswahili|kiingereza|sheng)|in (?:hd|4k|720p|1080p)|in (?:a |an )?(?:\p{L}+ )?(?:style|format|tone|voice))$/iu,
  /[,]?\s+(?:please|tafadhali|thanks|thank you|asante)$/iu,
];

const orderSentence =
  /^(?:please )?(?:make (?:it|sure|the (?:video|ad|story))|keep it|keep the|use (?:a|an|the|some|simple|upbeat|bright|soft|english|swahili|background|warm|clear|images|music)|add (?:a |some |music|captions|subtitles|text)|include (?:a |some |music|captions|subtitles|text|the|my|our)|the (?:tone|style|video|voice|music|audience|language|format|length|duration) (?:should|must|is|needs)|it (?:should|must|needs to) (?:be|have|last|sound|feel|look|end|start)|(?:i|we) (?:want|need|would like) it|no (?:music|captions|text|voice)|end with|start with|finish with|language|tone|style|duration|length|format|aspect ratio|resolution|audience|thanks|thank you|asante|iwe (?:fupi|nzuri|ya)|ifanye|tumia (?:muziki|picha|sauti|lugha)|weka (?:muziki|manukuu))(?:[\s:,.!]|$)/iu;

/** Takes the orders ("make a 30 second ad for …", "tengeneza video kuhusu …") off both ends of a sentence. */
export function withoutInstructions(sentence: string): Stripped {
  const end = sentence.match(/[.!?؟。]+$/u)?.[0] ?? "";
  let text = sentence.slice(0, sentence.length - end.length);
  const hints: string[] = [];
  const take = (pattern: RegExp): boolean => {
    const found = text.match(pattern);
    if (found === null) return false;
    const rest = text.replace(pattern, "").trim();
    if (!/[\p{L}\p{N}]/u.test(rest)) return false;
    hints.push(found[0]);
    text = rest;
    return true;
  };
  for (let round = 0; round < 4; round += 1) {
    const took = [courtesy, ...endings].map(take).some(Boolean);
    if (request.test(text)) {
      const asked = text.replace(request, "");
      if (englishOrder.test(`${asked} `) || swahiliOrder.test(`${asked} `) || imperative.test(asked)) text = asked;
    }
    const ordered = [englishOrder, swahiliOrder, imperative, ...otherOrders].map(take).some(Boolean);
    if (!took && !ordered) break;
  }
  return { text: text + end, hint: hints.join(" ").toLowerCase() };
}

/** Whether a whole sentence speaks to the maker of the video and not to its viewers. */
export function isOrderSentence(sentence: string): boolean {
  return orderSentence.test(sentence) && countWords(sentence) <= 20;
}
