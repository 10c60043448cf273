/** Sizes in screen px: what is written on a map keeps its size whatever the map's. */
const LETTER = 5.6;
const LINE = 15;

interface Label {
  element: SVGTextElement;
  words: string;
  /** The code of what it names, where that is shorter: « 971 ». */
  code: string;
  x: number;
  y: number;
  isBeside: boolean;
}

const numberOf = (element: Element, name: string) => Number(element.getAttribute(name));

/** What a drawing says of itself before anything is fitted: read once, when its ids are still there. */
export class Drawing {
  readonly #width: number;
  readonly #height: number;
  readonly #labels: Label[];
  readonly #panels: { element: SVGSVGElement; scale: number }[];

  constructor(readonly svg: SVGSVGElement) {
    const [, , width, height] = (svg.getAttribute('viewBox') ?? '').split(/[\s,]+/).map(Number);
    this.#width = width || 1;
    this.#height = height || 1;
    const panels = [...svg.querySelectorAll<SVGSVGElement>(':scope > svg[viewBox]')];
    this.#panels = panels.map((element) => {
      const inner = Number(element.getAttribute('viewBox')?.split(/[\s,]+/)[2]);
      return { element, scale: inner / numberOf(element, 'width') || 1 };
    });
    this.#labels = [...svg.querySelectorAll<SVGTextElement>(':scope > text')].map((element) => {
      const [x, y] = [numberOf(element, 'x'), numberOf(element, 'y')];
      const words = element.textContent;
      // A label stands under its panel, in one line with its left edge.
      const above = panels.filter((panel) => numberOf(panel, 'x') === x && numberOf(panel, 'y') < y);
      const code = above.sort((a, b) => numberOf(b, 'y') - numberOf(a, 'y'))[0]?.id ?? '';
      return {
        element,
        words,
        code: /^[\dA-Z]{2,3}$/.test(code) ? code : words,
        x,
        y,
        isBeside: element.getAttribute('text-anchor') === 'end',
      };
    });
  }

  /** Fit everything written to a sheet of this width; answers how many units of a panel are one px of the screen. */
  fit(width: number): number {
    const unit = this.#width / width;
    this.svg.style.setProperty('--unit', unit.toFixed(3));
    for (const { element, scale } of this.#panels) {
      element.style.setProperty('--unit', (unit * scale).toFixed(3));
      for (const mark of element.querySelectorAll('text')) {
        const box = (mark.previousElementSibling as SVGGraphicsElement | null)?.getBBox();
        if (box) mark.setAttribute('y', String(box.y + box.height / 2));
      }
    }
    this.#write(unit);
    return unit * (this.#panels[0]?.scale ?? 1);
  }

  /** All names where they all have room; else the codes, and what stands beside its panel goes below the sheet. */
  #write(unit: number): void {
    const isTight = this.#labels.some((label) => label.words.length * LETTER * unit > this.#room(label));
    for (const { element, words, code, x, y, isBeside } of this.#labels) {
      element.textContent = isTight ? code : words;
      const isBelow = isTight && isBeside;
      // Never past the right edge: what would pass it ends there.
      const isLast = isBelow || (!isBeside && x + (isTight ? code : words).length * LETTER * unit > this.#width);
      element.setAttribute('text-anchor', isBeside || isLast ? 'end' : 'start');
      element.setAttribute('x', String(isLast ? this.#width : x));
      element.setAttribute('y', String(isBelow ? this.#height + LINE * unit : y));
    }
    const more = isTight && this.#labels.some(({ isBeside }) => isBeside) ? (LINE + 4) * unit : 0;
    this.svg.setAttribute('viewBox', `0 0 ${this.#width} ${this.#height + more}`);
  }

  /** The units between a label and its neighbour on the same line. */
  #room(label: Label): number {
    const others = this.#labels.filter(({ y, x }) => Math.abs(y - label.y) < 1 && x !== label.x);
    const gaps = others.map(({ x }) => (label.isBeside ? label.x - x : x - label.x)).filter((gap) => gap > 0);
    return Math.min(...gaps);
  }
}
