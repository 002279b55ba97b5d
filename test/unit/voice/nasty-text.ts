import fc from "fast-check";

const piece = fc.oneof(
  fc.constantFrom(
    "shop",
    "1,250",
    "KES",
    "of",
    "the",
    "“quoted”",
    '<break time="3s"/>',
    "[[h@l'oU]]",
    "&amp;",
    "مرحبا",
    "שלום",
    "😀👨‍👩‍👧",
    "—",
    "...",
    "it's",
    "constructor",
    "e\u0301",
    "ﬁne",
    "x".repeat(80),
  ),
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 }),
);

/** Narrations no one should write: markup, engine commands, other scripts, emoji, odd spaces; at most 600 characters. */
export const nastyText = fc
  .array(fc.tuple(piece, fc.constantFrom(" ", "  ", "\n", "\t", "\u00a0")), { minLength: 1, maxLength: 60 })
  .map((pieces) => [...pieces.flat().join("")].slice(0, 600).join("").replaceAll("\u0000", ""))
  .filter((text) => text.trim() !== "");
