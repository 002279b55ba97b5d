/**
 * Takes out of a prompt what cannot be read aloud: addresses, emoji, markup and the punctuation of programs.
 * Hashtags become words. Numbers, times and abbreviations stay as they were written.
 */
export function cleanText(prompt: string): string {
  const text = prompt
    .normalize("NFC")
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]/gu, "")
    .replace(/<\/?[a-z][^<>]{0,200}>/giu, " ")
    .replace(/(?:https?:\/\/|www\.)\S+/giu, " ")
    .replace(/\S+@\S+\.\S+/gu, " ")
    .replace(
      /(?<![\p{L}\p{N}])[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|io|africa|co\.[a-z]{2}|ke|tz|ug)(?:\/\S*)?(?![\p{L}\p{N}])/giu,
      " ",
    )
    .replace(/#([\p{L}\p{N}_]+)(?=\s*#)/gu, (_, tag: string) => ` ${tagWords(tag)}, `)
    .replace(/[#@]([\p{L}\p{N}_]+)/gu, (_, tag: string) => ` ${tagWords(tag)} `)
    .replace(/(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\u20e3|\ufe0e|\ufe0f)/gu, " ")
    .replace(/[’‘ʼ`´]/gu, "'")
    .replace(/[“”„«»"]/gu, " ")
    .replace(/\s+[-–—]+\s+|[–—]{1,}/gu, ", ")
    .replace(/[()[\]{}]/gu, ", ")
    .replace(/[*_~^|\\<>=#@•·§¶†‡]/gu, " ")
    .replace(/(?![+°])[\p{Cn}\p{Co}\p{Sk}\p{So}\p{Sm}]/gu, " ")
    .replace(/(?<!\p{N}):(?=[^\s])|:(?=[^\s\p{N}])/gu, " ")
    .replace(/(?<![\p{L}\p{N}])'+(?!n(?!\p{L}))|'+(?![\p{L}\p{N}])(?<!s')/gu, " ")
    .replace(/…|\.{2,}/gu, ". ")
    .replace(/(?<=^|\s)[.,!?]+(?=[^\s\p{N}])/gu, "")
    .replace(/;/gu, ",")
    .replace(/[^\S\n]+/gu, " ")
    .replace(/(?:\s*,)+/gu, ",")
    .replace(/\s+([.!?])/gu, "$1")
    .replace(/[,:]+(?=[.!?])/gu, "")
    .replace(/([.!?…])[.!?…,:]+/gu, "$1")
    .replace(/([,:])[,:]+/gu, "$1")
    .replace(/([.!?])(?:\s*,)+/gu, "$1");
  return text
    .split("\n")
    .map((line) => withoutUnreadableWords(line.replace(/^[\s,.!?:\-–—+]+|^\s*\d{1,2}[.)]\s+/gu, "")).trim())
    .filter((line) => /[\p{L}\p{N}]/u.test(line))
    .join("\n");
}

/** BuildInNairobi → Build In Nairobi; AIStartup → AI Startup; 254 and snake_case come apart too. */
function tagWords(tag: string): string {
  return tag
    .replace(/_+/gu, " ")
    .replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2")
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, "$1 $2");
}

/** The longest word a person would say; Swahili verbs reach about 25 letters. */
const longestWordLetters = 34;
/** Scripts that set no spaces between words arrive as one long word and are kept. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

function withoutUnreadableWords(line: string): string {
  return line
    .split(" ")
    .filter((word) => {
      if (/^[^\p{L}\p{N}]+$/u.test(word)) return word === "&" || word === "+";
      return [...word].length <= longestWordLetters || unspaced.test(word);
    })
    .join(" ");
}
