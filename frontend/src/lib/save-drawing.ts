import { saveFile } from './save-file';

const KEPT = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linejoin',
  'vector-effect',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
  'display',
];

/** Give the reader a drawing of this page as a file that stands alone: its colours are written into it. */
export function saveDrawing(svg: SVGSVGElement, name: string): void {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  const drawn = svg.querySelectorAll<SVGElement>('*');
  copy.querySelectorAll<SVGElement>('*').forEach((element, index) => {
    const source = drawn[index];
    if (!source) return;
    const style = getComputedStyle(source);
    for (const property of KEPT) element.style.setProperty(property, style.getPropertyValue(property));
  });
  saveFile(new Blob([new XMLSerializer().serializeToString(copy)], { type: 'image/svg+xml' }), name);
}
