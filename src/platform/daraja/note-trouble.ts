import type { DarajaAnswer, DarajaParts } from "./client.ts";
import { meaningOf } from "./error-codes.ts";

/** One log line for an answer that is none: an alert where a person has to mend something. */
export function noteTrouble({ log }: DarajaParts, call: string, answer: DarajaAnswer): void {
  switch (answer.kind) {
    case "fields":
      return;
    case "unknown":
      log.write("warn", "daraja_no_answer", { call });
      return;
    case "no_token":
      log.write("error", "daraja_no_token", { call, code: answer.code });
      return;
    case "error": {
      const { code, words } = answer;
      log.write(meaningOf(code, words).isAlert ? "error" : "warn", "daraja_refused", { call, code, words });
    }
  }
}
