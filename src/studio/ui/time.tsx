import { usePreferences } from "../app/preferences.ts";
import { dayAndTime } from "./figures.ts";

export function Time({ at }: { at: string }) {
  const { language } = usePreferences();
  return <time dateTime={at}>{dayAndTime(at, language)}</time>;
}
