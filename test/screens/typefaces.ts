/**
 * The face that text is set in is the system's, and a server has but a poor one: pictures are taken with Noto Sans, which is
 * near to what phones and desks have, whichever machine they are taken on.
 */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";

const faces = join(import.meta.dirname, "../../node_modules/@expo-google-fonts/noto-sans");
const weights = ["400Regular", "500Medium", "600SemiBold", "700Bold", "800ExtraBold"];
/** As fontconfig knows what a page asks for without naming a face. */
const unnamed = ["system-ui", "sans-serif", "sans"];

/** For the browsers that are started from now on. */
export async function useTypefaces(directory: string): Promise<void> {
  const file = join(directory, "fonts.conf");
  await writeFile(
    file,
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
${weights.map((weight) => `  <dir>${join(faces, weight)}</dir>`).join("\n")}
  <cachedir>${directory}</cachedir>
${unnamed.map(preferred).join("\n")}
</fontconfig>
`,
  );
  process.env.FONTCONFIG_FILE = file;
}

function preferred(family: string): string {
  return `  <match target="pattern">
    <test name="family"><string>${family}</string></test>
    <edit name="family" mode="prepend" binding="strong"><string>Noto Sans</string></edit>
  </match>`;
}
