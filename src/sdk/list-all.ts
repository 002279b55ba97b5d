type Page<Item> = { data: Item[]; next_cursor: string | null };

/** Every item of a list, page by page as they are asked for. `readPage` is a list call: `(cursor) => studio.listVideos({ cursor })`. */
export async function* listAll<Item>(
  readPage: (cursor: string | undefined) => Promise<Page<Item>>,
): AsyncGenerator<Item, void, undefined> {
  let cursor: string | undefined;
  do {
    const page = await readPage(cursor);
    yield* page.data;
    cursor = page.next_cursor ?? undefined;
  } while (cursor !== undefined);
}
