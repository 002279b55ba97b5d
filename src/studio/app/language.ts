/** What the studio is read in; what a film is told in is chosen apart. */
export type Language = "en" | "sw";
