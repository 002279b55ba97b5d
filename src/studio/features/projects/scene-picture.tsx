import { useMutation, useQuery } from "@tanstack/react-query";
import { ImageUp, Link2 } from "lucide-react";
import { useRef, useState } from "react";
import type { PictureStyle } from "../../../contract/video.ts";
import { getAsset } from "../../../sdk/operations/assets.ts";
import { uploadAsset } from "../../../sdk/upload-asset.ts";
import { problemWords } from "../../app/problem-words.ts";
import { transport } from "../../app/session.ts";
import { useWords } from "../../app/words.ts";
import { Button } from "../../ui/button.tsx";
import { TextArea, TextField } from "../../ui/field.tsx";
import { ProgressBar } from "../../ui/parts.tsx";
import { Select } from "../../ui/select.tsx";
import { sceneMax } from "../create/choices.ts";
import { stillOf } from "../create/frame-preview.tsx";
import { imageOf, type Picture, pictureOf, type Scene } from "./scenes.ts";

const pictures: readonly Picture[] = ["said", "described", "upload", "address", "colour"];

type Props = { scene: Scene; problem: string | undefined; change(image: Scene["image"] | undefined): void };

/** What a scene shows. An upload that was not made yet is chosen all the same: hence a choice of its own. */
export function ScenePicture({ scene, problem, change }: Props) {
  const { projects } = useWords();
  const [isUploading, setUploading] = useState(false);
  const picture = isUploading ? "upload" : pictureOf(scene);
  const choose = (chosen: Picture) => {
    setUploading(chosen === "upload");
    if (chosen !== "upload") change(firstOf(chosen));
  };
  return (
    <div className="scene-picture">
      <Select
        label={projects.picture}
        value={picture}
        options={pictures.map((value) => ({ value, label: projects.pictures[value] }))}
        onChange={choose}
        error={problem}
      />
      {picture === "described" && (
        <TextArea
          label={projects.describe}
          rows={2}
          maxLength={sceneMax}
          placeholder={projects.describeExample}
          value={imageOf(scene).prompt ?? ""}
          onChange={(event) => change({ prompt: event.target.value })}
        />
      )}
      {picture === "address" && (
        <TextField
          label={projects.address}
          type="url"
          inputMode="url"
          placeholder="https://"
          value={imageOf(scene).url ?? ""}
          onChange={(event) => change({ url: event.target.value })}
        />
      )}
      {picture === "colour" && (
        <label className="colour">
          <span>{projects.colour}</span>
          <input
            type="color"
            value={imageOf(scene).colour ?? firstColour}
            onChange={(event) => change({ colour: event.target.value })}
          />
        </label>
      )}
      {picture === "upload" && (
        <Upload
          asset={imageOf(scene).asset}
          onDone={(asset) => {
            change({ asset });
            setUploading(false);
          }}
        />
      )}
    </div>
  );
}

const firstColour = "#b4441c";

function firstOf(picture: Exclude<Picture, "upload">): Scene["image"] | undefined {
  if (picture === "described") return { prompt: "" };
  if (picture === "address") return { url: "" };
  return picture === "colour" ? { colour: firstColour } : undefined;
}

function Upload({ asset, onDone }: { asset: string | undefined; onDone(asset: string): void }) {
  const words = useWords();
  const { projects } = words;
  const [percent, setPercent] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const { mutate, error, isPending } = useMutation({
    mutationFn: (file: File) => {
      setPercent(0);
      const onProgress = ({ done, total }: { done: number; total: number | null }) =>
        setPercent(total === null || total === 0 ? 0 : (100 * done) / total);
      return uploadAsset(transport, file, { onProgress });
    },
    onSuccess: ({ id }) => onDone(id),
  });
  return (
    <div className="upload">
      <input
        ref={input}
        type="file"
        accept="image/*,video/*"
        className="unseen"
        aria-label={projects.chooseFile}
        tabIndex={-1}
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          if (file !== undefined) mutate(file);
          event.target.value = "";
        }}
      />
      {isPending ? (
        <ProgressBar label={projects.uploading} percent={percent} />
      ) : (
        <Button icon={<ImageUp size={18} aria-hidden />} onClick={() => input.current?.click()}>
          {asset === undefined ? projects.chooseFile : projects.replaceFile}
        </Button>
      )}
      {error !== null && (
        <p className="field-error" role="alert">
          {problemWords(error, words)}
        </p>
      )}
    </div>
  );
}

/** What the scene will show, as near as it is known before it is made. */
export function SceneThumbnail({ scene, style }: { scene: Scene; style: PictureStyle }) {
  const picture = pictureOf(scene);
  const asset = imageOf(scene).asset;
  const { data } = useQuery({
    queryKey: ["asset", asset],
    queryFn: ({ signal }) => transport.call(getAsset, { id: asset ?? "" }, { signal }),
    enabled: asset !== undefined,
    staleTime: 3_600_000,
  });
  return (
    <div className="scene-thumbnail" aria-hidden>
      {(picture === "said" || picture === "described") && <img src={stillOf[style]} alt="" width={320} height={208} />}
      {picture === "upload" && data?.thumbnail_url !== undefined && <img src={data.thumbnail_url} alt="" />}
      {picture === "colour" && <span className="scene-colour" style={{ background: imageOf(scene).colour }} />}
      {picture === "address" && <Link2 size={28} />}
    </div>
  );
}
