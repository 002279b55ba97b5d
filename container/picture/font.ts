import { createRequire } from "node:module";

const { resolve } = createRequire(import.meta.url);

/** Bricolage Grotesque (SIL Open Font License): the name inside the files, by which resvg and libass find them. */
export const fontFamily = "Bricolage Grotesque";
export const boldFontFile = resolve("@expo-google-fonts/bricolage-grotesque/700Bold/BricolageGrotesque_700Bold.ttf");
