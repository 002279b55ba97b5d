/** Requests for renders: all that the contract lets in, small enough to be rendered; and what it must not let in. */
import fc from "fast-check";
import { z } from "zod";
import { type RenderRequest, renderRequest } from "../../../src/contract/container-protocol.ts";
import { scenePicture, videoDocument } from "../../../src/contract/video.ts";
import { sceneRequest } from "../../support/render-requests.ts";
import { nastyJson, nastyName } from "../nasty-values.ts";
import { describedValue, type JsonSchema, type Known } from "../schema-values.ts";

/** Each would do something, were it read as the syntax it imitates. */
const hostileTexts = [
  "Karibu dukani kwetu.",
  "'; [0:v]drawtext=text=%{eif\\:1}:x=0,y=0;[out] `id` $(id)",
  "{\\an8}{\\fs400}up {\\p1}m 0 0 l 900 0{\\p0} \\N down",
  "00:00:00.000 --> 00:00:09.000 <b>bold</b> <c.red>x</c> &lt;",
  "]]></text><image href='file:///etc/passwd'/><script>x</script>",
  "%d %s %n %%{pts} movie=/etc/passwd, concat:a|b",
  "WEBVTT\n\nNOTE x\n\n1\n00:00 --> 00:01\nNo",
  "emoji 🎉👩‍👩‍👧‍👦 and مرحبا \u202Eflipped\u202C z\u0301\u0301\u0301\u0301",
  "<speak><break time='60s'/>1</speak> [[audio.wav]] {pause}",
  "9".repeat(60),
  "ﷺ ꧅ 𒐫 ௵",
  "a",
];

const spoken = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...hostileTexts) },
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 }),
  fc.string({ unit: "binary", minLength: 1, maxLength: 20 }),
);

const schemaOf = (schema: z.ZodType) => z.toJSONSchema(schema, { io: "input" }) as JsonSchema;
const known: Known = {
  prefixes: new Set(),
  fields: { text: hostileTexts, title: hostileTexts, prompt: hostileTexts },
};

const wholeSchema = schemaOf(videoDocument);
const fieldsToVary = ["language", "aspect", "fps", "format", "voice", "pictureStyle", "grade", "transition"] as const;
const moreFields = ["titles", "captions", "music", "loudnessLufs", "brand", "title", "isEnhanced"] as const;
const varied = [...fieldsToVary, ...moreFields];

const someFields = fc.subarray(varied, { maxLength: 5 }).chain((names) => {
  const fields = names.map(
    (name) => [name, describedValue(wholeSchema.properties?.[name] ?? {}, known, name)] as const,
  );
  return fc.record(Object.fromEntries(fields), { noNullPrototype: true });
});

const scene = fc.record(
  {
    text: spoken,
    title: spoken,
    picture: describedValue(schemaOf(scenePicture), known),
    motion: fc.constantFrom("still", "zoom_in", "pan_left"),
    transition: fc.constantFrom("cut", "wipe"),
    recording: fc.constant({ asset: `ast_${"a".repeat(26)}` }),
  },
  { requiredKeys: ["text"], noNullPrototype: true },
);

/** What is asked of a renderer, and what it is given for the media it wants: what it can use, nothing, or some file. */
export type RenderCase = { request: unknown; supplies: string[] };
export const fitting = "what fits";

/** Small drafts of one or two scenes, as the contract lets them in or nearly. */
export function renderCase(files: readonly string[]): fc.Arbitrary<RenderCase> {
  return fc.record({
    request: fc
      .tuple(fc.array(scene, { minLength: 1, maxLength: 2 }), someFields, fc.string({ minLength: 1, maxLength: 8 }))
      .map(([scenes, fields, seed]) => {
        const { document } = sceneRequest([], { isDraft: true });
        return { seed, offers: [], document: { ...document, source: { kind: "scenes", scenes }, ...fields } };
      }),
    supplies: fc.array(fc.oneof({ weight: 5, arbitrary: fc.constant(fitting) }, fc.constantFrom("nothing", ...files)), {
      minLength: 1,
      maxLength: 3,
    }),
  });
}

export function asRequest(request: unknown): RenderRequest | undefined {
  return renderRequest.safeParse(JSON.parse(JSON.stringify(request))).data;
}

/** A good request with one thing in it that is not. */
export const brokenRequest: fc.Arbitrary<unknown> = fc
  .record({ name: nastyName, value: nastyJson, field: fc.constantFrom("", "document", "source", "scene") })
  .map(({ name, value, field }) => {
    const good = sceneRequest(["Karibu."], { isDraft: true });
    const { document } = good;
    if (field === "") return { ...good, [name]: value };
    if (field === "document") return { ...good, document: { ...document, [name]: value } };
    if (field === "source") return { ...good, document: { ...document, source: value } };
    const scenes = [{ text: "Karibu.", [name]: value }];
    return { ...good, document: { ...document, source: { kind: "scenes", scenes } } };
  });
