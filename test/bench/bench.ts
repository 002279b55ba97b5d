/**
 * `npm run bench`, or `npm run bench -- render film submit start ledger sign-ins` for some of it: ratios taken in one run on one machine, each pair of measurements in turn.
 *   render   wall and CPU time of the whole job over what one ffmpeg needs to encode the very same frames with the same settings
 *   film     the same of the compositor and the encoders alone
 *   submit   requests a second of POST /api/videos and of GET /api/credits/balance, each over a bare Worker that makes the same platform calls, which are counted
 *   start    the bundle's size and what makes it, and the CPU time of a new runtime until its first answer
 *   ledger   holds a second on one account and over many, over a bare Durable Object that does one insert
 *   sign-ins how long others wait while 50 sign in at once, over how long they wait otherwise
 */
import { benchFilm } from "./film.ts";
import { benchLedger } from "./ledger.ts";
import { benchRender } from "./render.ts";
import { benchSignIns } from "./sign-ins.ts";
import { benchStart } from "./start.ts";
import { benchSubmit } from "./submit.ts";

const parts = {
  render: benchRender,
  film: () => benchFilm(),
  submit: benchSubmit,
  start: benchStart,
  ledger: benchLedger,
  "sign-ins": benchSignIns,
};
const asked = process.argv.slice(2);

for (const [name, run] of Object.entries(parts)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  console.log([...(await run()), ""].join("\n"));
}
process.exit(0);
