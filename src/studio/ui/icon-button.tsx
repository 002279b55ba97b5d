import type { ButtonHTMLAttributes, ReactNode } from "react";

type Props = Omit<ButtonHTMLAttributes<HTMLButtonElement>, "children"> & { label: string; icon: ReactNode };

export function IconButton({ label, icon, type = "button", ...rest }: Props) {
  return (
    <button {...rest} type={type} className="icon-button" aria-label={label} title={label}>
      {icon}
    </button>
  );
}
