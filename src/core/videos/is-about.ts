import { type SQL, sql } from "drizzle-orm";
import { hasWords } from "../page.ts";
import { videos } from "./tables.ts";

/** By its title, by the idea it was written from, or by what was given to be said in it. */
export function isAbout(words: string): SQL {
  const title = hasWords(videos.title, words);
  const prompt = hasWords(sql`json_extract(${videos.document}, '$.source.prompt')`, words);
  const text = hasWords(sql`json_extract(said.value, '$.text')`, words);
  const scenes = sql`json_each(${videos.document}, '$.source.scenes') as said`;
  return sql`(${title} or coalesce(${prompt}, 0) or exists (select 1 from ${scenes} where ${text}))`;
}
