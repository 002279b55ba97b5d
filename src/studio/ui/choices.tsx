import { type ReactNode, useId } from "react";

type Option<Value extends string> = {
  value: Value;
  label: string;
  hint?: string;
  picture?: ReactNode /** A control of its own, on the card. */;
  beside?: ReactNode;
};

type Props<Value extends string> = {
  label: string;
  value: Value;
  options: readonly Option<Value>[];
  onChange(value: Value): void;
  /** `segments`: one bar; `cards`: each with its picture; `chips`: as wide as their words. */
  kind: "segments" | "cards" | "chips";
  isLabelSeen?: boolean;
};

/** One of a few, all of them in sight: radio buttons, and so the arrow keys and a screen reader know what they are. */
export function Choices<Value extends string>({
  label,
  value,
  options,
  onChange,
  kind,
  isLabelSeen = true,
}: Props<Value>) {
  const name = useId();
  return (
    <fieldset className={`choices choices-${kind}`}>
      <legend className={isLabelSeen ? "" : "unseen"}>{label}</legend>
      <div className="choices-row">
        {options.map((option) => {
          const choice = (
            <label key={option.value} className="choice">
              <input
                type="radio"
                name={name}
                value={option.value}
                checked={option.value === value}
                onChange={() => onChange(option.value)}
              />
              <span className="choice-face">
                {option.picture}
                <span className="choice-words">
                  <span>{option.label}</span>
                  {option.hint !== undefined && <span className="choice-hint">{option.hint}</span>}
                </span>
              </span>
            </label>
          );
          return option.beside === undefined ? (
            choice
          ) : (
            <div key={option.value} className="choice-place">
              {choice}
              {option.beside}
            </div>
          );
        })}
      </div>
    </fieldset>
  );
}
