import { Container } from "@cloudflare/containers";

/** The ffmpeg container: stateless, one render each, no way out to the network. It is built from container/Dockerfile. */
export class RenderContainer extends Container {
  override defaultPort = 8080;
  /** Longer than a finished render's files are kept, so that a consumer that has to come back still finds them. */
  override sleepAfter = "20m";
  override enableInternet = false;
}
