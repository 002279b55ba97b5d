import type { FieldError } from "../../contract/errors.ts";
import { type DocumentScene, defaultSceneCount, type VideoDocument, type VideoSource } from "../../contract/video.ts";
import type { CreateVideoBody } from "../../contract/videos.ts";
import { fail } from "../fail.ts";
import { type Plan, planRules } from "../plans/plans.ts";

export const titleMaxCharacters = 70;

/** The request with its defaults filled in, as the container will render it. Refuses `plan_required` for 4K. */
export function toDocument(body: CreateVideoBody, plan: Plan): VideoDocument {
  return {
    source: toSource(body),
    ...(body.title === undefined ? {} : { title: body.title }),
    language: body.lang,
    aspect: body.aspect ?? (body.vertical === true ? "9:16" : "16:9"),
    resolution: requireRendered(body.resolution, plan),
    fps: body.fps,
    voiceSpeed: body.voice.speed,
    captions: body.captions,
    music: body.music,
  };
}

function toSource(body: CreateVideoBody): VideoSource {
  if (Array.isArray(body.scenes)) {
    return {
      kind: "scenes",
      scenes: body.scenes.map(
        (scene): DocumentScene => ({
          text: scene.text,
          ...(scene.duration === undefined ? {} : { durationSeconds: scene.duration }),
          ...(scene.motion === undefined ? {} : { motion: scene.motion }),
        }),
      ),
    };
  }
  return { kind: "prompt", prompt: body.prompt ?? "", sceneCount: body.scenes ?? defaultSceneCount };
}

function requireRendered(resolution: CreateVideoBody["resolution"], plan: Plan): VideoDocument["resolution"] {
  if (resolution !== "4k") return resolution;
  if (!planRules[plan].has4k) {
    fail("plan_required", "4K comes with the pro plan. Nothing was charged; choose 1080p or change your plan.", {
      plan: "pro",
    });
  }
  const detail = "4K is not rendered here; choose 1080p";
  fail("validation_failed", `${detail}.`, { errors: [{ pointer: "/resolution", detail }] });
}

/** What to call the video until its script has a title: the first words of what was asked for. */
export function workingTitle(document: VideoDocument): string {
  if (document.title !== undefined) return document.title;
  const text = document.source.kind === "prompt" ? document.source.prompt : (document.source.scenes[0]?.text ?? "");
  const characters = [...text.replace(/\s+/g, " ")];
  if (characters.length <= titleMaxCharacters) return characters.join("");
  const cut = characters.slice(0, titleMaxCharacters - 1).join("");
  return `${cut.slice(0, Math.max(cut.lastIndexOf(" "), titleMaxCharacters / 2))}…`;
}

/** Parts of a valid request that will not have the effect the caller may expect. */
export function warningsFor(document: VideoDocument): FieldError[] {
  const warnings: FieldError[] = [];
  if (document.language === "sheng") {
    warnings.push({ pointer: "/lang", detail: "Sheng is read with the Swahili voice." });
  }
  return warnings;
}
