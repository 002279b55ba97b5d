import type { Log } from "../core/deps.ts";

/** One JSON line an event; the fields are chosen by the caller, never whole requests or errors from outside. */
export const consoleLog: Log = {
  write(level, event, fields) {
    console[level](JSON.stringify({ level, event, ...fields }));
  },
};
