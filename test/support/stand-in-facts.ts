/** What the tests in the Worker and the stand-ins outside of it both know. */

export const webUrl = "https://files.example.com";
export const resolverUrl = "https://dns.example.com/dns-query";
/** What the stand-in renderer says of a file that cannot be used. */
export const refusalWords = "This picture would be 900 megapixels large.";
/** What every thumbnail is. */
export const thumbnailText = "a very small picture";
