export const library = {
  title: "Library",
  heading: "Your videos",
  filter: "Show",
  filters: { all: "All", succeeded: "Ready", failed: "Failed" },
  emptyTitle: "Nothing here yet",
  empty: "Your first video is a sentence away, and the first credits are on us.",
  emptyFilterTitle: "None of these",
  emptyFilter: "There is no such video. Choose another filter.",
  first: "Make your first video",
  more: "Show more",
  remove: (title: string) => `Delete «${title}»`,
  draft: "Draft",
};
