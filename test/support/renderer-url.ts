/** Where the Worker under test believes its renderer to be: answered by stand-in-renderer.ts. */
export const rendererUrl = "http://renderer.test";
