import { ChevronDown } from "lucide-react";
import { useId } from "react";
import { FieldNote } from "./field.tsx";

type Props<Value extends string> = {
  label: string;
  value: Value;
  options: readonly { value: Value; label: string }[];
  onChange(value: Value): void;
  hint?: string | undefined;
  error?: string | undefined;
};

/** The device's own list: on a phone nothing is easier to choose from. */
export function Select<Value extends string>({ label, value, options, onChange, hint, error }: Props<Value>) {
  const id = useId();
  return (
    <div className="field">
      <div className="field-head">
        <label htmlFor={id}>{label}</label>
      </div>
      <div className="select">
        <select
          id={id}
          className="input"
          value={value}
          aria-describedby={hint === undefined && error === undefined ? undefined : `${id}-note`}
          onChange={(event) => {
            const chosen = options.find((option) => option.value === event.target.value);
            if (chosen !== undefined) onChange(chosen.value);
          }}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
        <ChevronDown size={18} aria-hidden />
      </div>
      <FieldNote id={id} hint={hint} error={error} />
    </div>
  );
}
