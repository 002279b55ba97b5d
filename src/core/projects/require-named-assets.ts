import type { UpdateProjectBody } from "../../contract/projects.ts";
import { requireAssets } from "../assets/require-assets.ts";
import type { UserContext } from "../context.ts";
import { namedAssets } from "../videos/check-document.ts";
import { toDocument } from "../videos/document.ts";

/**
 * What is kept can be rendered: refuses `validation_failed`, each with its pointer, for uploads that are not there, are another
 * tenant's, or cannot be used in their place.
 */
export async function requireNamedAssets(
  context: UserContext,
  { scenes, options }: Pick<UpdateProjectBody, "scenes" | "options">,
): Promise<void> {
  const named = namedAssets(toDocument({ ...options, scenes: scenes ?? [] })).map((one) =>
    one.pointer.startsWith("/scenes/") ? one : { ...one, pointer: `/options${one.pointer}` },
  );
  await requireAssets(context, named, "Nothing was saved");
}
