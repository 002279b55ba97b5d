import type { VideoOptionsBody } from "../../contract/video-options.ts";

/** Options over options: what `own` says wins, field by field, and what it leaves out stays as `preset` has it. Pure. */
export function mergeOptions(preset: VideoOptionsBody, own: VideoOptionsBody): VideoOptionsBody {
  const { vertical: _, ...merged } = { ...preset, ...definedOf(own) };
  const aspect = shapeOf(own) ?? shapeOf(preset);
  return definedOf({
    ...merged,
    aspect,
    voice: mergeFields(preset.voice, own.voice),
    captions: mergeFields(preset.captions, own.captions),
    brand: mergeFields(preset.brand, own.brand),
    music: mergeMusic(preset.music, own.music),
  });
}

/** `vertical` is another word for aspect; whoever says one of the two has decided. */
function shapeOf({ aspect, vertical }: VideoOptionsBody): VideoOptionsBody["aspect"] {
  if (aspect !== undefined || vertical === undefined) return aspect;
  return vertical ? "9:16" : "16:9";
}

function mergeFields<Fields extends object>(preset: Fields | undefined, own: Fields | undefined): Fields | undefined {
  return preset === undefined || own === undefined ? (own ?? preset) : { ...preset, ...definedOf(own) };
}

/** A video has one bed of music: another one replaces it, and does not lie beside it. */
function mergeMusic(preset: VideoOptionsBody["music"], own: VideoOptionsBody["music"]): VideoOptionsBody["music"] {
  if (preset === undefined || own === undefined) return own ?? preset;
  const hasBed = own.mood !== undefined || own.asset !== undefined || own.url !== undefined;
  return hasBed ? { duck_db: preset.duck_db, ...definedOf(own) } : { ...preset, ...definedOf(own) };
}

function definedOf<Fields extends object>(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Fields;
}
