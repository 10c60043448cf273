import { queryOptions, useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, type PointerEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '@/api/problem';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';
import { MapPatterns } from './map-patterns';
import { nextCell, type Spot } from './next-cell';

/** One cell of the map: the class of its state, and its name with that state in words. */
export interface Cell {
  state: string;
  name: string;
  word: string;
  isFaded?: boolean;
}

interface Props {
  /** The drawing of a boundary set; its cells carry `data-code`. */
  src: string;
  cells: ReadonlyMap<string, Cell>;
  label: string;
  chosen: string | null;
  onChoose: (code: string) => void;
}

/** A seat drawn again, larger, in an inset is a twin: coloured alike, no stop of the keyboard. */
const CELL = '[data-code]:not([data-twin])';

const pictureQuery = (src: string) =>
  queryOptions({
    queryKey: ['map', src],
    queryFn: async () => {
      const response = await fetch(src).catch(() => {
        throw new Problem(0, { code: 'network' });
      });
      if (!response.ok) throw new Problem(response.status, {});
      return new DOMParser().parseFromString(await response.text(), 'image/svg+xml').documentElement;
    },
    // The address holds the hash of what it draws.
    staleTime: Infinity,
    gcTime: Infinity,
    structuralSharing: false,
  });

function spotsOf(svg: Element): Spot[] {
  return [...svg.querySelectorAll<SVGGraphicsElement>(CELL)].map((cell) => {
    const box = cell.getBoundingClientRect();
    return { code: cell.dataset.code ?? '', x: box.x + box.width / 2, y: box.y + box.height / 2 };
  });
}

/**
 * The national drawing, coloured by state. One stop of the Tab key; arrows go to the nearest cell, Enter chooses.
 * What it shows stands in a table before it in the document.
 */
export function SeatMap({ src, cells, label, chosen, onChoose }: Props) {
  const { t } = useTranslation('common');
  const drawing = useQuery(pictureQuery(src));
  const sheet = useRef<HTMLDivElement>(null);
  const [tip, setTip] = useState<{ code: string; x: number; y: number; isRight: boolean } | null>(null);

  const svg = useMemo(() => {
    if (!drawing.data) return null;
    const copy = document.importNode(drawing.data, true) as unknown as SVGSVGElement;
    copy.classList.add('map');
    copy.removeAttribute('width');
    copy.removeAttribute('height');
    copy.setAttribute('role', 'group');
    // The drawing stands alone too: its own colours would reach the whole page, and its ids are not ours.
    copy.querySelector('style')?.remove();
    copy.querySelectorAll(':scope > :is(title, desc)').forEach((text) => {
      text.remove();
    });
    for (const named of copy.querySelectorAll('[id]')) named.removeAttribute('id');
    for (const cell of copy.querySelectorAll(CELL)) {
      cell.setAttribute('role', 'button');
      cell.setAttribute('tabindex', '-1');
    }
    for (const twin of copy.querySelectorAll<SVGElement>('[data-twin]')) {
      twin.dataset.code ??= twin.dataset.twin;
      twin.setAttribute('aria-hidden', 'true');
    }
    return copy;
  }, [drawing.data]);

  useEffect(() => {
    if (svg) sheet.current?.replaceChildren(svg);
  }, [svg]);

  useEffect(() => {
    if (!svg) return;
    svg.setAttribute('aria-label', label);
    let hasFilter = false;
    let first: Element | null = null;
    for (const element of svg.querySelectorAll<SVGElement>('[data-code]')) {
      const code = element.dataset.code ?? '';
      const cell = cells.get(code);
      for (const name of [...element.classList]) if (name.startsWith('is-')) element.classList.remove(name);
      if (!cell) continue;
      element.classList.add(`is-${cell.state}`);
      element.classList.toggle('is-faded', Boolean(cell.isFaded));
      element.classList.toggle('is-chosen', code === chosen);
      if (element.hasAttribute('data-twin')) continue;
      element.setAttribute('aria-label', `${cell.name}${t('colon')} ${cell.word}`);
      element.setAttribute('aria-pressed', String(code === chosen));
      element.setAttribute('tabindex', code === chosen ? '0' : '-1');
      hasFilter ||= Boolean(cell.isFaded);
      first ??= element;
      // What is chosen is drawn last, so that no neighbour covers its outline.
      if (code === chosen && element.nextElementSibling) element.parentElement?.append(element);
    }
    svg.classList.toggle('has-filter', hasFilter);
    if (!chosen || !cells.has(chosen)) first?.setAttribute('tabindex', '0');
  }, [svg, cells, chosen, label, t]);

  function codeAt(target: EventTarget): string | null {
    return (target as Element).closest<SVGElement>('[data-code]')?.dataset.code ?? null;
  }

  function onKeyDown(event: KeyboardEvent) {
    const code = codeAt(event.target);
    if (!code || !svg) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      onChoose(code);
    } else if (event.key.startsWith('Arrow')) {
      event.preventDefault();
      const next = nextCell(spotsOf(svg), code, event.key);
      if (next) svg.querySelector<SVGElement>(`${CELL}[data-code="${CSS.escape(next)}"]`)?.focus();
    }
  }

  function showTip(element: Element, code: string | null) {
    const box = sheet.current?.getBoundingClientRect();
    if (!code || !cells.has(code) || !box) {
      setTip(null);
      return;
    }
    const cell = element.getBoundingClientRect();
    const x = cell.x + cell.width / 2 - box.x;
    setTip({ code, x, y: cell.y - box.y, isRight: x > box.width / 2 });
  }

  const shown = tip && cells.get(tip.code);
  if (drawing.isError)
    return <Trouble error={drawing.error} retry={() => void drawing.refetch()} kept={t('map.table_stays')} />;
  return (
    <div className="map-sheet">
      <MapPatterns />
      {drawing.isPending && <Skeleton lines={6} />}
      <div
        ref={sheet}
        onClick={(event) => {
          const code = codeAt(event.target);
          if (code) onChoose(code);
        }}
        onKeyDown={onKeyDown}
        onPointerOver={(event: PointerEvent) => {
          const target = (event.target as Element).closest('[data-code]');
          showTip(target ?? (event.target as Element), codeAt(event.target));
        }}
        onPointerLeave={() => {
          setTip(null);
        }}
        onFocus={(event) => {
          showTip(event.target, codeAt(event.target));
        }}
        onBlur={() => {
          setTip(null);
        }}
      />
      {shown && (
        <div
          className="map-tip"
          aria-hidden="true"
          style={{ left: tip.x, top: tip.y, translate: `${tip.isRight ? '-100%' : '0'} calc(-100% - 8px)` }}
        >
          <b>{shown.name}</b>
          <span className={`state is-${shown.state}`}>{shown.word}</span>
        </div>
      )}
    </div>
  );
}
