import type { StaticFiles } from "../http/http-env.ts";

/** The files that lie beside the Worker, as answers of its own: those of the binding have headers that cannot be changed. */
export function createStaticFiles(binding: Fetcher): StaticFiles {
  return {
    async fetch(request, init) {
      const found = await binding.fetch(request, init);
      return new Response(found.body, found);
    },
  };
}
