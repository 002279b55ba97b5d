/** `HH:MM:SS` and milliseconds behind `separator`: the time stamp of WebVTT (a point) and SRT (a comma). */
export function timeStamp(seconds: number, separator: "." | ","): string {
  const total = Math.round(seconds * 1_000);
  const part = (value: number, digits: number) => String(value).padStart(digits, "0");
  const [hours, minutes] = [Math.floor(total / 3_600_000), Math.floor(total / 60_000) % 60];
  const clock = [part(hours, 2), part(minutes, 2), part(Math.floor(total / 1_000) % 60, 2)].join(":");
  return `${clock}${separator}${part(total % 1_000, 3)}`;
}
