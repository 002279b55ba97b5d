import { mediaMaxBytes } from "../contract/container-protocol.ts";
import { type FetchedMedia, MediaFailed, type MediaFetcher, MediaRefused } from "../core/deps.ts";
import { isPublicIp, refuseAddress } from "./public-address.ts";

export type MediaFetcherOptions = {
  /** A DNS-over-HTTPS resolver that answers JSON: every address behind a name has to be public. null: names are not resolved. */
  resolverUrl: string | null;
  maxBytes?: number;
  /** For all of it, redirects, second tries and the body included. */
  limitMs?: number;
  /** Before the second try, and so on. */
  retryDelaysMs?: readonly number[];
};

const redirectsMax = 3;
const redirectStatuses = [301, 302, 303, 307, 308];
/** What a file may call itself; what it is, its bytes decide later. */
const mediaTypes = /^(image|audio|video)\/|^application\/(octet-stream|binary|ogg|mp4)$|^binary\/octet-stream$/;

/**
 * Fetches files that callers name. Nothing of the caller's request goes along, and no address that is not public is asked:
 * not the first, not one it redirects to, and, with a resolver, not one that a name leads to.
 */
export function createMediaFetcher(options: MediaFetcherOptions): MediaFetcher {
  const { resolverUrl, maxBytes = mediaMaxBytes, limitMs = 60_000, retryDelaysMs = [250, 1_000] } = options;

  async function answerOf(url: URL, signal: AbortSignal): Promise<Response> {
    for (const delayMs of [...retryDelaysMs, null]) {
      const outcome = await tryOnce(url, signal);
      if (outcome instanceof Response) return outcome;
      if (delayMs === null || signal.aborted) throw outcome;
      await new Promise((resolve) => setTimeout(resolve, delayMs));
    }
    throw new MediaFailed("The address did not answer.");
  }

  async function follow(first: URL, signal: AbortSignal): Promise<Response> {
    let url = first;
    for (let redirects = 0; redirects <= redirectsMax; redirects += 1) {
      const refusal = refuseAddress(url);
      if (refusal !== null) throw new MediaRefused(refusal);
      if (resolverUrl !== null) await requirePublicName(resolverUrl, url.hostname, signal);
      const response = await answerOf(url, signal);
      if (!redirectStatuses.includes(response.status)) return response;
      await response.body?.cancel();
      url = parseUrl(response.headers.get("Location") ?? "", url);
    }
    throw new MediaRefused(`The address redirects more than ${redirectsMax} times.`);
  }

  return {
    async open(url) {
      const late = AbortSignal.timeout(limitMs);
      const response = await follow(parseUrl(url), late);
      const media = describe(response);
      const refusal = refuseAnswer(response, media, maxBytes);
      if (refusal !== null) {
        await response.body?.cancel();
        throw new MediaRefused(refusal);
      }
      return { ...media, body: guarded(media, { maxBytes, late }) };
    },
  };
}

function parseUrl(text: string, base?: URL): URL {
  const url = URL.parse(text, base?.href);
  if (url === null) throw new MediaRefused("The address cannot be read as one.");
  return url;
}

/** An answer to be used, or what to say when nobody tries again. */
async function tryOnce(url: URL, signal: AbortSignal): Promise<Response | MediaFailed> {
  try {
    const response = await fetch(url, {
      redirect: "manual",
      signal,
      headers: { Accept: "image/*, video/*, audio/*, application/octet-stream;q=0.5", "User-Agent": "ShujaaStudio/1" },
    });
    if (response.status < 500 && response.status !== 429) return response;
    await response.body?.cancel();
    return new MediaFailed(`The address answered with ${response.status}.`);
  } catch (error) {
    if (signal.aborted) return new MediaFailed("The address took too long to answer.", error);
    return new MediaFailed("The address could not be reached.", error);
  }
}

function describe(response: Response): FetchedMedia {
  const length = response.headers.get("Content-Length");
  // Of a compressed answer the length is that of what travels, not of what arrives here.
  const isPlain = (response.headers.get("Content-Encoding") ?? "identity") === "identity";
  const contentType = (response.headers.get("Content-Type") ?? "application/octet-stream").split(";", 1)[0] ?? "";
  return {
    body: response.body ?? new ReadableStream({ start: (controller) => controller.close() }),
    size: length !== null && isPlain && /^\d{1,15}$/.test(length) ? Number(length) : null,
    contentType: contentType.trim().toLowerCase(),
  };
}

function refuseAnswer(response: Response, media: FetchedMedia, maxBytes: number): string | null {
  if (response.status !== 200) return `The address answered with ${response.status}, not with a file.`;
  if (!mediaTypes.test(media.contentType)) {
    return `The address answered with ${media.contentType.slice(0, 60)}, not with an image, a sound or a video.`;
  }
  return media.size !== null && media.size > maxBytes ? tooLarge(maxBytes) : null;
}

function tooLarge(maxBytes: number): string {
  return `The file is larger than ${Math.floor(maxBytes / 1_000_000)} MB.`;
}

const brokenOff = "The file broke off before its end.";

/** The same bytes, unless they are too many, too few or too late. */
function guarded(
  { body, size: declared }: FetchedMedia,
  { maxBytes, late }: { maxBytes: number; late: AbortSignal },
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  let size = 0;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await readUntil(reader, late);
      if (done) {
        if (declared !== null && size < declared) throw new MediaFailed(brokenOff);
        return controller.close();
      }
      size += value.byteLength;
      if (size > maxBytes) {
        await reader.cancel().catch(() => undefined);
        throw new MediaRefused(tooLarge(maxBytes));
      }
      controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
}

async function readUntil(reader: ReadableStreamDefaultReader<Uint8Array>, late: AbortSignal) {
  try {
    return await reader.read();
  } catch (error) {
    if (late.aborted) throw new MediaFailed("The file took too long to arrive.", error);
    throw new MediaFailed(brokenOff, error);
  }
}

type DnsAnswer = { Status?: number; Answer?: { type?: number; data?: string }[] };
const addressTypes = { A: 1, AAAA: 28 } as const;

/** Every address that a name has now has to be public; a literal address has been looked at already. */
async function requirePublicName(resolverUrl: string, hostname: string, signal: AbortSignal): Promise<void> {
  if (hostname.startsWith("[") || /^[\d.]+$/.test(hostname)) return;
  const found = await Promise.all((["A", "AAAA"] as const).map((type) => resolve(resolverUrl, hostname, type, signal)));
  const addresses = found.flat();
  if (addresses.length === 0) throw new MediaFailed("No machine has this name.");
  if (!addresses.every(isPublicIp)) throw new MediaRefused("This address is not on the public internet.");
}

async function resolve(
  resolverUrl: string,
  hostname: string,
  type: keyof typeof addressTypes,
  signal: AbortSignal,
): Promise<string[]> {
  const url = new URL(resolverUrl);
  url.searchParams.set("name", hostname);
  url.searchParams.set("type", type);
  try {
    const response = await fetch(url, {
      signal,
      redirect: "manual",
      headers: { Accept: "application/dns-json" },
    });
    const { Answer: answers = [] } = await response.json<DnsAnswer>();
    return answers.flatMap((answer) => (answer.type === addressTypes[type] && answer.data ? [answer.data] : []));
  } catch (error) {
    throw new MediaFailed("The name in the address could not be looked up.", error);
  }
}
