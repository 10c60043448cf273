import {
  type LngLatBoundsLike,
  Map as TileMap,
  AttributionControl,
  Marker,
  NavigationControl,
  setWorkerUrl,
} from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import 'maplibre-gl/dist/maplibre-gl.css';

setWorkerUrl(workerUrl);

/** What a map of one place needs: the tiles of a boundary set, the place, and the box it fills. */
export interface PlaceMapProps {
  /** `/tiles/{hash}/{kind}/{z}/{x}/{y}.mvt` */
  tiles: string;
  /** The layer of the tiles that holds the cells. */
  layer: string;
  /** The code of the place that stands out. */
  code: string;
  /** West, south, east, north, in degrees. */
  bounds: [number, number, number, number];
  /** The role that fills the place, `--vacant` when absent: warm only where someone is needed. */
  fill?: string;
  attribution: string;
  label: string;
  /** Where a click on a cell leads: this address and the cell's code. */
  pick?: string;
  /** A point that the reader gave, shown and sent nowhere. */
  point?: { lat: number; lon: number };
  /** The numbers of the cells that one may choose: `number` and the letters raised after it, where they stand. */
  names?: { lon: number; lat: number; number: number; raised: string }[];
  /** What the cells are called in the reader's language, by code: a tile knows its source's name only. */
  called?: Record<string, string>;
}

function role(name: string): string {
  // MapLibre reads colours itself and knows neither variables nor light-dark(): ask the browser what the role is now.
  const probe = document.createElement('i');
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const colour = getComputedStyle(probe).color;
  probe.remove();
  return colour;
}

/** Draw one place among its neighbours, without a basemap; returns how to take it down. */
export function drawPlaceMap(element: HTMLElement, props: PlaceMapProps): () => void {
  const isHere = ['==', ['to-string', ['get', 'code']], props.code] as const;
  const map = new TileMap({
    container: element,
    bounds: props.bounds as LngLatBoundsLike,
    fitBoundsOptions: { padding: 32 },
    attributionControl: false,
    cooperativeGestures: true,
    dragRotate: false,
    pitchWithRotate: false,
    maxZoom: 14,
    style: {
      version: 8,
      sources: {
        cells: {
          type: 'vector',
          tiles: [new URL(props.tiles, location.href).href.replaceAll(/%7B/gi, '{').replaceAll(/%7D/gi, '}')],
          maxzoom: 12,
          attribution: props.attribution,
        },
      },
      layers: [
        {
          id: 'cells',
          type: 'fill',
          source: 'cells',
          'source-layer': props.layer,
          paint: { 'fill-color': ['case', isHere as never, role(props.fill ?? '--vacant'), role('--select')] },
        },
        {
          id: 'lines',
          type: 'line',
          source: 'cells',
          'source-layer': props.layer,
          paint: { 'line-color': role('--bg'), 'line-width': 1.25 },
        },
        {
          id: 'here',
          type: 'line',
          source: 'cells',
          'source-layer': props.layer,
          filter: isHere as never,
          paint: { 'line-color': role('--text'), 'line-width': 2 },
        },
      ],
    },
  });
  map.getCanvas().setAttribute('aria-label', props.label);
  map.addControl(new AttributionControl({ compact: false }));
  map.addControl(new NavigationControl({ showCompass: false }), 'top-right');
  map.touchZoomRotate.disableRotation();
  for (const name of props.names ?? []) {
    // As elements: letters in the canvas would need a font of their own.
    const text = document.createElement('span');
    text.className = 'map-name';
    // The list beside the map names them all.
    text.setAttribute('aria-hidden', 'true');
    const raised = document.createElement('sup');
    raised.textContent = name.raised;
    text.append(String(name.number), raised);
    new Marker({ element: text }).setLngLat([name.lon, name.lat]).addTo(map);
  }
  const { pick } = props;
  if (pick) {
    map.on('click', 'cells', (event) => {
      const code: unknown = event.features?.[0]?.properties['code'];
      if (code) location.assign(`${pick}${String(code)}/`);
    });
    const tip = document.createElement('p');
    tip.className = 'map-tip';
    tip.hidden = true;
    element.append(tip);
    map.on('mousemove', 'cells', (event) => {
      map.getCanvas().style.cursor = 'pointer';
      tip.hidden = false;
      const cell = event.features?.[0]?.properties;
      tip.textContent = props.called?.[String(cell?.['code'])] ?? String(cell?.['name'] ?? '');
      tip.style.left = `${Math.min(event.point.x + 14, element.clientWidth - tip.offsetWidth)}px`;
      tip.style.top = `${event.point.y + 14}px`;
    });
    map.on('mouseleave', 'cells', () => {
      tip.hidden = true;
    });
  }
  return () => map.remove();
}
