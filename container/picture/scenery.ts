import { interiors } from "./interiors.ts";
import { outdoors } from "./outdoors.ts";
import type { Stage } from "./stage.ts";

const sceneries = { ...outdoors, ...interiors };
export type SettingName = keyof typeof sceneries;

export function isInterior(setting: SettingName): boolean {
  return setting in interiors;
}

/** Everything behind the subject, edge to edge. */
export function drawScenery(stage: Stage, setting: SettingName): string {
  return sceneries[setting](stage);
}
