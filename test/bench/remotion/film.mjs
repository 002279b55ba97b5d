/** The bench's job as a Remotion composition: six moving pictures, half-second cross-fades, the word being said in colour. */
import { createElement as h } from "react";
import {
  AbsoluteFill,
  Composition,
  Img,
  interpolate,
  registerRoot,
  Sequence,
  staticFile,
  useCurrentFrame,
} from "remotion";

const fps = 30;
const sceneFrames = 312;
const fadeFrames = 15;
const wordFrames = 12;
const words = "Every morning before the city wakes Amina opens her small shop in Kisumu".split(" ");

function Picture({ index }) {
  const frame = useCurrentFrame();
  const scale = interpolate(frame, [0, sceneFrames], [1, 1.12]);
  const opacity = index === 0 ? 1 : interpolate(frame, [0, fadeFrames], [0, 1], { extrapolateRight: "clamp" });
  const style = { width: "100%", height: "100%", objectFit: "cover", transform: `scale(${scale})` };
  return h(AbsoluteFill, { style: { opacity } }, h(Img, { src: staticFile(`picture-${index}.jpg`), style }));
}

function Words() {
  const said = Math.floor(useCurrentFrame() / wordFrames);
  const first = said - (said % 4);
  const line = [0, 1, 2, 3].map((offset) => {
    const place = first + offset;
    const colour = place === said ? "#ffc42f" : "#ffffff";
    return h("span", { key: place, style: { color: colour, margin: "0 0.15em" } }, words[place % words.length]);
  });
  const style = { justifyContent: "flex-end", alignItems: "center", paddingBottom: 120 };
  const text = { fontSize: 72, fontWeight: 700, fontFamily: "sans-serif", textShadow: "0 4px 12px #000" };
  return h(AbsoluteFill, { style }, h("div", { style: text }, line));
}

function Film({ scenes }) {
  const pictures = Array.from({ length: scenes }, (_, index) => {
    const from = index * (sceneFrames - fadeFrames);
    return h(Sequence, { key: index, from, durationInFrames: sceneFrames }, h(Picture, { index }));
  });
  return h(AbsoluteFill, { style: { backgroundColor: "black" } }, ...pictures, h(Words));
}

registerRoot(() =>
  h(Composition, {
    id: "film",
    component: Film,
    width: 1920,
    height: 1080,
    fps,
    durationInFrames: 6 * (sceneFrames - fadeFrames) + fadeFrames,
    defaultProps: { scenes: 6 },
  }),
);
