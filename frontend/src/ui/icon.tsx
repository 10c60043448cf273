const drawings = {
  today: 'M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14M10 6v4l3 2',
  seat: 'M10 17s5.5-5 5.5-9a5.5 5.5 0 0 0-11 0c0 4 5.5 9 5.5 9M12 8a2 2 0 1 1-4 0 2 2 0 0 1 4 0',
  me: 'M13 7a3 3 0 1 1-6 0 3 3 0 0 1 6 0M4 17c0-3.5 2.5-5 6-5s6 1.5 6 5',
  map: 'M3 6l7-3 7 3-1 8-6 3-6-3zM3 6l7 4 7-4M10 10v7',
  applications: 'M3 5h14v10H3zM3 5l7 6 7-6',
  people:
    'M9 7a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0M2.5 16c0-3 1.5-4.5 4-4.5s4 1.5 4 4.500M15.5 8a2 2 0 1 1-4 0 2 2 0 0 1 4 0M13 12c2.8-.5 4.5 1 4.5 4',
  office: 'M3 8l7-4 7 4M5 8v7M10 8v7M15 8v7M3 16h14',
  actions: 'M4 17V4l9 3-9 4',
  settings: 'M3 6h8M15 6h2M3 14h2M9 14h8M13 4v4M7 12v4',
  progress: 'M4 17V9M8 17V5M12 17v-6M16 17V3',
  search: 'M14 9A5 5 0 1 1 4 9a5 5 0 0 1 10 0M13 13l4 4',
  check: 'M4 10.5 8 14.5 16 6',
  cross: 'M5 5l10 10M15 5 5 15',
  left: 'M12 4l-6 6 6 6',
  out: 'M8 4H4v12h4M8 10h9M14 7l3 3-3 3',
  offline: 'M3 3l14 14M6.5 11.500a5 5 0 0 1 3-1.400M3.5 8.500a9 9 0 0 1 3-1.900M10 5.500a9 9 0 0 1 6.5 3M10 15h.01',
  phone: 'M5 3h3l1.5 4-2 1.500a9 9 0 0 0 4 4l1.5-2 4 1.500v3c0 1-1 2-2 2C8.5 16.5 3.5 11.5 3 5c0-1 1-2 2-2',
  paper: 'M3 6h14v9H3zM6 9h5M6 12h3M13 12h1',
  bank: 'M4 6h12M4 10h12M4 14h7M13 15l1.5 1.500L17.5 13',
  books: 'M6 3h6l3 3v11H6zM12 3v3h3',
} as const;

export type IconName = keyof typeof drawings;

/** A line drawing beside a word; never alone. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d={drawings[name]} />
    </svg>
  );
}
