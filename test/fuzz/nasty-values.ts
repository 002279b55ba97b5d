/** What no caller means, and some send. */
import fc from "fast-check";

const loneSurrogate = "\ud800";

const nastyTexts = [
  "",
  " ",
  "\u0000",
  `a\u0000b`,
  loneSurrogate,
  `x${loneSurrogate}`,
  "\u202eabc",
  "\u200b",
  "e\u0301".repeat(300),
  "😀".repeat(500),
  "ﷺ".repeat(200),
  "a".repeat(5_000),
  "a".repeat(70_000),
  "'; DROP TABLE videos; --",
  `"><script>alert(1)</script>`,
  "%00",
  "%",
  "../../../etc/passwd",
  "{{constructor}}",
  "$(id)",
  "NaN",
  "Infinity",
  "-0",
  "1e400",
  "0x10",
  "null",
  "undefined",
  "true",
  "[object Object]",
  "__proto__",
  "constructor",
  "vid_00000000000000000000000000",
  "VID_00000000000000000000000000",
  "javascript:alert(1)",
  "file:///etc/passwd",
  "http://127.0.0.1:1/",
  "data:text/plain,x",
  "\r\nSet-Cookie: a=b",
];

export const nastyText = fc.oneof(fc.constantFrom(...nastyTexts), fc.string({ unit: "binary", maxLength: 40 }));

const nastyNumbers = [
  0,
  -0,
  -1,
  0.5,
  1e-320,
  2 ** 31,
  2 ** 32,
  2 ** 53,
  -(2 ** 53),
  1e21,
  1e308,
  -1e308,
  Number.MAX_SAFE_INTEGER,
  Number.MIN_SAFE_INTEGER,
  8_640_000_000_000_001,
];

function deep(depth: number, open: "array" | "object"): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level += 1) value = open === "array" ? [value] : { a: value };
  return value;
}

export const nastyJson: fc.Arbitrary<unknown> = fc.oneof(
  nastyText,
  fc.constantFrom<unknown>(...nastyNumbers),
  fc.constantFrom<unknown>(null, true, false, [], {}, [[]], [null], [{}], { "": "" }, { length: 3 }),
  fc.constantFrom<unknown>(deep(50, "array"), deep(50, "object"), deep(2_000, "array"), deep(2_000, "object")),
  fc.constant(Array.from({ length: 2_000 }, () => 0)),
  fc.jsonValue({ maxDepth: 3 }),
);

/** Names of fields that mean something to the language, or nothing to anybody. */
export const nastyName = fc.oneof(
  fc.constantFrom(
    "__proto__",
    "constructor",
    "toString",
    "hasOwnProperty",
    "",
    "a.b",
    "a/b~c",
    "\u0000",
    "valueOf",
    "id",
  ),
  fc.constantFrom("tenant_id", "tenantId", "user_id", "role", "is_admin", "credits", "price_cents", "ID", "Prompt"),
  fc.string({ unit: "binary", maxLength: 8 }),
);

/** Bodies that say they are JSON: as bytes, one character a byte. */
export const brokenJson = fc.oneof(
  fc.constantFrom(
    "",
    " ",
    "{",
    "}",
    "[",
    "null",
    "nul",
    "true",
    "1",
    '""',
    "NaN",
    "{'a':1}",
    '{"a":1,}',
    '{"a":1}{"a":2}',
    '{"a":1e400}',
    '{"__proto__":{"isAdmin":true}}',
    '{"a":"\\ud800"}',
    '{"a":"\xff\xfe"}',
    "\xef\xbb\xbf{}",
    "\xff\xfe{\0}\0",
    '{"a":\u0000}',
  ),
  fc.constantFrom("[".repeat(100_000), '{"a":'.repeat(20_000)),
  fc.constant(`{"a":"${"x".repeat(300_000)}"}`),
  fc.constant(`{"a":${"9".repeat(10_000)}}`),
);

const nested = (open: string, close: string, depth: number) => `${open.repeat(depth)}1${close.repeat(depth)}`;

/** JSON that is whole, and deeper than whoever walks through it by calling themselves can go. */
export const deepJson = fc.constantFrom(
  nested("[", "]", 60_000),
  nested('{"a":', "}", 30_000),
  `{"scenes":${nested("[", "]", 60_000)}}`,
);

export const wrongContentTypes = fc.constantFrom(
  "text/plain",
  "application/xml",
  "application/x-www-form-urlencoded",
  "multipart/form-data",
  "multipart/form-data; boundary=",
  "multipart/form-data; boundary=x",
  "application/json; charset=utf-16",
  "application/vnd.api+json",
  "APPLICATION/JSON",
  "application/jsonp",
  "application/octet-stream",
  "image/png",
  ";",
  "a".repeat(5_000),
);

/** Parts of a path that are no id, or an id in disguise. */
export const nastySegment = fc.oneof(
  fc.constantFrom(
    "%00",
    "%",
    "%2",
    "%zz",
    "%c0%af",
    "%e0%a4%a",
    "%ff",
    "%ED%A0%80",
    "%2e%2e",
    "..%2f..%2f",
    "%2F",
    "%5c",
    "a%0d%0aSet-Cookie:x",
    "*",
    ":id",
    "{id}",
    "null",
    "undefined",
    "-1",
    "0",
    "1e9",
    "__proto__",
    "%F0%9F%8E%89",
    "a".repeat(8_000),
    "vid_00000000000000000000000000",
    "vid_0000000000000000000000000%30",
    "VID_00000000000000000000000000",
    "vid_00000000000000000000000000%00",
    "vid_00000000000000000000000000%0a",
    "ast_00000000000000000000000000",
    "%27%20OR%201=1--",
  ),
  fc.string({ unit: "grapheme", maxLength: 12 }).map((text) => encodeURIComponent(text.toWellFormed()) || "%20"),
);

/** Only what `Headers` lets through: the rest never gets as far as the service. */
export const nastyHeader = fc.oneof(
  fc.constantFrom<readonly [string, string]>(
    ["Idempotency-Key", "x".repeat(256)],
    ["Idempotency-Key", "\xff\xfe"],
    ["Idempotency-Key", "'; --"],
    ["Idempotency-Key", "a b"],
    ["X-Request-Id", "x".repeat(10_000)],
    ["X-Request-Id", "\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9"],
    ["X-Request-Id", "<script>alert(1)</script>"],
    ["Origin", "null"],
    ["Origin", "https://evil.example\u00ff"],
    ["Origin", "https://pages.test"],
    ["Cookie", `shujaa_refresh=${"a".repeat(9_000)}`],
    ["Cookie", "shujaa_refresh=ses_0.1.2; ; =; shujaa_refresh="],
    ["Cookie", "shujaa_refresh=%E0%A4%A"],
    ["Cookie", "=".repeat(2_000)],
    ["Accept", "*/*;q=nonsense"],
    ["Accept", "text/html"],
    ["Accept-Language", "-,;q=,sw;q=2,xx-".repeat(500)],
    ["Accept-Encoding", "nonsense"],
    ["Range", "bytes=0-"],
    ["Range", "bytes=-99999999999999999999"],
    ["Range", "bytes=5-1,0-0"],
    ["Range", "bytes=a-b"],
    ["If-None-Match", "*"],
    ["If-None-Match", 'W/"'],
    ["If-Modified-Since", "yesterday"],
    ["Last-Event-ID", "-1"],
    ["Last-Event-ID", "1e400"],
    ["Upgrade", "websocket"],
    ["Upgrade", "h2c"],
    ["Host", "evil.example"],
    ["X-Forwarded-For", "127.0.0.1, ".repeat(500)],
    ["X-Forwarded-Host", "evil.example"],
    ["CF-Connecting-IP", "not an address"],
    ["CF-Connecting-IP", "::ffff:127.0.0.1"],
    ["CF-Connecting-IP", ""],
    ["User-Agent", "ü".repeat(200)],
    ["X-File-Name", "%E0%A4%A"],
    ["X-File-Name", "..%2f..%2f%00"],
    ["Content-Length", "-1"],
    ["Content-Encoding", "gzip"],
    ["Stripe-Signature", "t=1,v1=00"],
    ["Stripe-Signature", ",,,="],
  ),
  fc
    .tuple(
      fc.constantFrom("X-Anything", "Accept", "Cookie", "Authorization", "Idempotency-Key"),
      fc.string({ maxLength: 60 }),
    )
    .map(([name, text]) => [name, text.replace(/[^\x20-\x7e]/g, "")] as const),
);
