import type { ReactNode } from 'react';
import { Pane } from '@/ui/pane';
import { Skeleton } from '@/ui/skeleton';
import { type Cell, SeatMap } from './seat-map';

interface Props {
  title: string;
  note?: ReactNode;
  label: string;
  /** The drawing, once it is known which one is in force. */
  src: string | null;
  /** Whom the drawing is by. */
  credit: string;
  cells: ReadonlyMap<string, Cell>;
  chosen: string | null;
  onChoose: (code: string) => void;
}

/** The map of a desk beside its table: same rows, same choice. */
export function MapPane({ title, note, label, src, credit, cells, chosen, onChoose }: Props) {
  return (
    <Pane title={title} note={note} className="in-map">
      <div className="pane-body">
        {src && cells.size > 0 ? (
          <SeatMap src={src} cells={cells} label={label} chosen={chosen} onChoose={onChoose} />
        ) : (
          <Skeleton lines={8} />
        )}
        {credit && <p className="map-credit">{credit}</p>}
      </div>
    </Pane>
  );
}
