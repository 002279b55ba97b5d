/** The verbs the parser knows, and their English forms. */

const plainVerbs =
  "achieve adopt arrive ask battle beat become befriend begin believe borrow break bring build buy campaign carry catch celebrate chase choose clean climb collect combine come compete complete " +
  "connect conquer convince cook create cross dance decide defeat defend deliver depend develop die discover donate dream drive earn eat educate empower encounter enter escape explore face fail " +
  "feed fight find finish fix flee fly follow forgive found gather get give go graduate grow harvest heal help hire hunt improve inspire install invent invest join journey keep kick learn leave " +
  "lead lend listen live lose love make manage marry meet mentor migrate miss move navigate need open organise organize overcome paint pay perform plan plant play pray preach prepare produce " +
  "protect prove quit raise reach read rebuild receive recover recycle refuse rescue repair restore retire return reunite reveal ride rise risk run sail save search secure see seek sell send serve " +
  "share sing sleep solve speak spend stand start stay steal stop struggle study succeed support survive swim take teach tell think train transform travel trust try turn unite use visit volunteer " +
  "wait wake walk want watch wear win wish work write launch announce unveil introduce pass approve reduce increase cut design sew weave draw code deploy hope promise rent move relocate rule " +
  "change provide offer bake brew farm fish trade supply connect cure treat deal light power bring invite host bury confess remember forget realise realize experience witness inherit";
const ambiguousThird = new Set(
  "dreams works plans changes runs starts helps plays needs uses rises walks cuts powers lights deals farms trades designs supports struggles returns fights wins hopes leaves lives rules visits offers moves catches turns risks watches travels codes supplies catches".split(
    " ",
  ),
);
const irregularPast =
  "became:become began:begin bought:buy brought:bring built:build caught:catch chose:choose came:come drove:drive ate:eat fought:fight found:find fled:flee flew:fly forgave:forgive fed:feed got:get gave:give " +
  "went:go grew:grow kept:keep led:lead left:leave lost:lose made:make met:meet paid:pay quit:quit ran:run rose:rise rode:ride said:say sang:sing saw:see sold:sell sent:send spoke:speak spent:spend stood:stand stole:steal " +
  "swam:swim took:take taught:teach told:tell thought:think woke:wake wore:wear won:win wrote:write drew:draw dealt:deal overcame:overcome sought:seek slept:sleep lent:lend forgot:forget";
const doubling = new Set("begin get plan run stop swim win quit cut forget sit hit put set".split(" "));

type VerbForm = "base" | "third" | "past" | "ing";
export type Verb = { base: string; form: VerbForm };

function thirdOf(base: string): string {
  if (base === "go" || base === "do") return `${base}es`;
  if (/[^aeiou]y$/u.test(base)) return `${base.slice(0, -1)}ies`;
  return /(?:s|x|z|ch|sh)$/u.test(base) ? `${base}es` : `${base}s`;
}

/** The -ing form: make → making, run → running, die → dying. */
export function gerundOf(base: string): string {
  if (base === "be") return "being";
  if (/ie$/u.test(base)) return `${base.slice(0, -2)}ying`;
  if (doubling.has(base)) return `${base}${base.at(-1)}ing`;
  if (/[^aeioy]e$/u.test(base)) return `${base.slice(0, -1)}ing`;
  return `${base}ing`;
}

function regularPastOf(base: string): string {
  if (/[^aeiou]y$/u.test(base)) return `${base.slice(0, -1)}ied`;
  if (/e$/u.test(base)) return `${base}d`;
  return doubling.has(base) ? `${base}${base.at(-1)}ed` : `${base}ed`;
}

const forms = new Map<string, Verb>();
for (const base of plainVerbs.split(" ")) {
  forms.set(regularPastOf(base), { base, form: "past" });
}
for (const pair of irregularPast.split(" ")) {
  const [past = "", base = ""] = pair.split(":");
  forms.set(past, { base, form: "past" });
}
for (const base of plainVerbs.split(" ")) {
  forms.set(gerundOf(base), { base, form: "ing" });
  forms.set(base, { base, form: "base" });
  forms.set(thirdOf(base), { base, form: "third" });
}
for (const past of ["found", "quit", "cut", "beat"]) forms.delete(past);
forms.set("found", { base: "find", form: "past" });

export function knownVerb(word: string): Verb | undefined {
  return forms.get(word.toLowerCase());
}

export function isAmbiguousVerb(word: string): boolean {
  return ambiguousThird.has(word.toLowerCase());
}

/** builds, for a form of any tense of a known verb. */
export function thirdPersonOf(base: string): string {
  return thirdOf(base);
}

const auxiliaries = new Set(
  "is are was were has have had can could will would must should does do did may might".split(" "),
);

export function isAuxiliary(word: string): boolean {
  return auxiliaries.has(word.toLowerCase());
}

/** The base of any verb in its -ing form, known or not: swimming → swim, baking → bake. */
export function baseOfGerund(word: string): string | undefined {
  const lower = word.toLowerCase();
  const known = forms.get(lower);
  if (known?.form === "ing") return known.base;
  if (!/^[a-z]{2,}ing$/u.test(lower)) return undefined;
  const stem = lower.slice(0, -3);
  if (/([bdgmnprt])\1$/u.test(stem)) return stem.slice(0, -1);
  const isOneSyllable = (stem.match(/[aeiouy]+/gu) ?? []).length === 1;
  if (isOneSyllable && /[^aeiou][aeiou][^aeiouwxy]$/u.test(stem)) return `${stem}e`;
  return /[aeiou].*(?:at|iz|uc|nc|rc|rg|dg|[aeiou]v|tl|bl|dl|pl)$/u.test(stem) ? `${stem}e` : stem;
}
