import { useId } from "react";

type Props = { label: string; hint?: string; isOn: boolean; onChange(isOn: boolean): void };

export function Switch({ label, hint, isOn, onChange }: Props) {
  const id = useId();
  return (
    <div className="switch">
      <label htmlFor={id}>
        <span className="switch-label">{label}</span>
        {hint !== undefined && <span className="field-hint">{hint}</span>}
      </label>
      <input
        id={id}
        type="checkbox"
        role="switch"
        aria-checked={isOn}
        checked={isOn}
        onChange={(event) => onChange(event.target.checked)}
      />
    </div>
  );
}
