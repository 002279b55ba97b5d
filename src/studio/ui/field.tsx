import { Eye, EyeOff } from "lucide-react";
import { type InputHTMLAttributes, type ReactNode, type TextareaHTMLAttributes, useId, useState } from "react";
import { useWords } from "../app/words.ts";
import { IconButton } from "./icon-button.tsx";

type Said = {
  label: string;
  isLabelSeen?: boolean;
  hint?: string | undefined;
  error?: string | undefined;
  aside?: ReactNode;
};

/** A label, what is filled in, and under it either a hint or what is wrong: their place is there from the beginning. */
function Frame({ id, said, children }: { id: string; said: Said; children: ReactNode }) {
  const { label, isLabelSeen = true, hint, error, aside } = said;
  return (
    <div className="field">
      <div className={isLabelSeen ? "field-head" : "unseen"}>
        <label htmlFor={id}>{label}</label>
        {aside !== undefined && <span className="small soft figures">{aside}</span>}
      </div>
      {children}
      <FieldNote id={id} hint={hint} error={error} />
    </div>
  );
}

export function FieldNote({ id, hint, error }: { id: string; hint?: string | undefined; error?: string | undefined }) {
  if (error !== undefined) {
    return (
      <p className="field-error" id={`${id}-note`} role="alert">
        {error}
      </p>
    );
  }
  return hint === undefined ? null : (
    <p className="field-hint" id={`${id}-note`}>
      {hint}
    </p>
  );
}

function described(id: string, { hint, error }: Said) {
  return {
    "aria-invalid": error !== undefined || undefined,
    "aria-describedby": hint === undefined && error === undefined ? undefined : `${id}-note`,
  };
}

type TextProps = Said & InputHTMLAttributes<HTMLInputElement>;

export function TextField({ label, isLabelSeen = true, hint, error, aside, ...rest }: TextProps) {
  const id = useId();
  const said = { label, isLabelSeen, hint, error, aside };
  return (
    <Frame id={id} said={said}>
      <input {...rest} {...described(id, said)} id={id} className="input" />
    </Frame>
  );
}

export function PasswordField({ label, hint, error, ...rest }: Said & InputHTMLAttributes<HTMLInputElement>) {
  const id = useId();
  const { signIn } = useWords();
  const [isShown, setShown] = useState(false);
  const said = { label, hint, error };
  return (
    <Frame id={id} said={said}>
      <div className="input-with">
        <input {...rest} {...described(id, said)} id={id} className="input" type={isShown ? "text" : "password"} />
        <IconButton
          label={isShown ? signIn.hide : signIn.reveal}
          icon={isShown ? <EyeOff size={20} /> : <Eye size={20} />}
          onClick={() => setShown(!isShown)}
        />
      </div>
    </Frame>
  );
}

type AreaProps = Said & TextareaHTMLAttributes<HTMLTextAreaElement>;

/** Grows with what is written where the browser can, and scrolls where it cannot. */
export function TextArea({ label, hint, error, aside, ...rest }: AreaProps) {
  const id = useId();
  const said = { label, hint, error, aside };
  return (
    <Frame id={id} said={said}>
      <textarea {...rest} {...described(id, said)} id={id} className="input area" />
    </Frame>
  );
}
