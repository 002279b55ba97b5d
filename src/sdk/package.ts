/** What the npm package hands out. */
import { ConnectionError, ShujaaError, VideoError } from "./errors.ts";
import { createStudio, type Studio, type StudioOptions } from "./studio.ts";

export { ConnectionError, createStudio, ShujaaError, type Studio, type StudioOptions, VideoError };
