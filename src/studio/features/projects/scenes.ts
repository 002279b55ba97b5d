/** What is done to a project's list of scenes. Scenes keep their ids, so that a move is a move and not a deletion. */
import type { ProjectAnswer } from "../../../contract/projects.ts";

export type Scene = ProjectAnswer["scenes"][number];
export type Picture = "said" | "described" | "upload" | "address" | "colour";

export const durationMax = 60;

type Fields = Partial<Record<"asset" | "url" | "prompt" | "colour", string | undefined>>;

/** What is shown, whichever of its fields says so. */
export function imageOf({ image }: Scene): Fields {
  return image ?? {};
}

export function newScene(): Scene {
  return { id: newSceneId(), text: "" };
}

function newSceneId(): string {
  return `s_${crypto.randomUUID().replaceAll("-", "").slice(0, 16)}`;
}

export function moveScene(scenes: readonly Scene[], from: number, to: number): Scene[] {
  const next = [...scenes];
  const [moved] = next.splice(from, 1);
  if (moved !== undefined) next.splice(Math.max(0, Math.min(to, next.length)), 0, moved);
  return next;
}

export function duplicateScene(scenes: readonly Scene[], index: number): Scene[] {
  return scenes.flatMap((scene, at) => (at === index ? [scene, { ...scene, id: newSceneId() }] : [scene]));
}

export function pictureOf(scene: Scene): Picture {
  const { asset, url, prompt, colour } = imageOf(scene);
  if (prompt !== undefined) return "described";
  if (colour !== undefined) return "colour";
  if (asset !== undefined) return "upload";
  return url === undefined ? "said" : "address";
}

/** Whatever is undefined goes away: the service refuses fields that say nothing. */
export function withChange(scene: Scene, changed: { [Field in keyof Scene]?: Scene[Field] | undefined }): Scene {
  const entries = Object.entries({ ...scene, ...changed }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Scene;
}

/** A picture that was chosen but not said yet: nothing that could be kept. */
export function isPictureWhole(scene: Scene): boolean {
  const { url, prompt } = imageOf(scene);
  if (prompt !== undefined) return /[\p{L}\p{N}]/u.test(prompt);
  return url === undefined || /^https?:$/.test(URL.parse(url)?.protocol ?? "");
}
