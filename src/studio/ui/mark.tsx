/** The sun coming up, twice over: the studio's sign. */
export function Mark({ size = 32 }: { size?: number }) {
  return (
    <svg className="mark" viewBox="0 0 32 32" width={size} height={size} aria-hidden="true">
      <rect width="32" height="32" rx="9" />
      <path d="M5.5 22.5a10.5 10.5 0 0 1 21 0M10.2 22.5a5.8 5.8 0 0 1 11.6 0" />
      <circle cx="16" cy="22.2" r="1.9" />
    </svg>
  );
}
