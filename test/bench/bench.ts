/**
 * `npm run bench`: ratios taken in one run on one machine, each pair of measurements in turn.
 *   render   wall time of the whole job over what one ffmpeg needs to encode the very same frames with the same settings
 *   submit   requests a second of POST /api/videos over a bare Worker that makes the same platform calls, and over one that makes none
 */
import { benchRender } from "./render.ts";
import { benchSubmit } from "./submit.ts";

for (const line of [...(await benchRender()), "", ...(await benchSubmit())]) console.log(line);
process.exit(0);
