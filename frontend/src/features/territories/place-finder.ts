import { announcer, fill } from '@/lib/announce';

interface Seat {
  code: string;
  name: string;
}

interface Place {
  kind: string;
  code: string;
  name: string;
  context: string;
  seats: Seat[];
  split: boolean;
}

/** What the page sends with the finder: where it asks, where it goes, what it says. */
export interface PlaceFinderProps {
  search: string;
  locate: string;
  results: string;
  words: Record<
    | 'locate'
    | 'locating'
    | 'refused'
    | 'outside'
    | 'near'
    | 'doubtful'
    | 'several'
    | 'one'
    | 'many'
    | 'none'
    | 'failed',
    string
  >;
}

const PAUSE_MS = 120;

/** Turn the search form into a combobox that answers as one types, and add a button that locates. The form works without. */
export function startPlaceFinder(root: HTMLElement, props: PlaceFinderProps): void {
  const input = root.querySelector<HTMLInputElement>('input[name="q"]');
  const under = root.querySelector<HTMLElement>('.under');
  if (!input || !under) return;
  combine(input, props, announcer(root));
  if ('geolocation' in navigator) under.prepend(locator(under, props, announcer(root)));
}

function pageOf(props: PlaceFinderProps, place: Place): string {
  const [only] = place.seats;
  if (place.seats.length === 1 && only) return `${props.results}${only.code}/`;
  return `${props.results}?${new URLSearchParams({ q: place.name, in: `${place.kind}:${place.code}` })}`;
}

function combine(input: HTMLInputElement, props: PlaceFinderProps, say: (sentence: string) => void): void {
  const list = document.createElement('ul');
  list.id = `${input.id}-options`;
  list.className = 'options';
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', input.labels?.[0]?.textContent ?? '');
  list.hidden = true;
  input.after(list);
  for (const [name, value] of Object.entries({
    role: 'combobox',
    'aria-autocomplete': 'list',
    'aria-expanded': 'false',
    'aria-controls': list.id,
    'aria-haspopup': 'listbox',
    autocomplete: 'off',
    autocapitalize: 'words',
    spellcheck: 'false',
  })) {
    input.setAttribute(name, value);
  }

  let places: Place[] = [];
  let active = -1;
  let timer = 0;
  let asking: AbortController | undefined;

  const close = () => {
    asking?.abort();
    clearTimeout(timer);
    list.hidden = true;
    active = -1;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  };
  const mark = (index: number) => {
    active = index;
    [...list.children].forEach((option, at) => option.setAttribute('aria-selected', String(at === index)));
    const option = list.children[index];
    if (option) {
      input.setAttribute('aria-activedescendant', option.id);
      option.scrollIntoView({ block: 'nearest' });
    } else {
      input.removeAttribute('aria-activedescendant');
    }
  };
  const choose = (index: number) => {
    const place = places[index];
    if (!place) return;
    input.value = place.name;
    close();
    location.assign(pageOf(props, place));
  };
  const show = () => {
    list.replaceChildren(
      ...places.map((place, index) => {
        const option = document.createElement('li');
        option.id = `${list.id}-${index}`;
        option.setAttribute('role', 'option');
        option.setAttribute('aria-selected', 'false');
        const name = document.createElement('span');
        name.textContent = place.name;
        const more = document.createElement('small');
        more.textContent =
          place.seats.length > 1 ? fill(props.words.several, { count: place.seats.length }) : place.context;
        option.append(name, ' ', more);
        return option;
      }),
    );
    active = -1;
    input.removeAttribute('aria-activedescendant');
    list.hidden = places.length === 0;
    input.setAttribute('aria-expanded', String(places.length > 0));
    say(
      places.length === 0
        ? props.words.none
        : places.length === 1
          ? props.words.one
          : fill(props.words.many, { count: places.length }),
    );
  };
  const ask = async (text: string) => {
    asking = new AbortController();
    try {
      const answer = await fetch(`${props.search}?${new URLSearchParams({ q: text })}`, {
        signal: asking.signal,
        headers: { Accept: 'application/json', 'Accept-Language': document.documentElement.lang },
        credentials: 'omit',
      });
      if (!answer.ok) throw new Error(String(answer.status));
      places = ((await answer.json()) as { items: Place[] }).items;
      show();
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') return;
      close();
      say(props.words.failed);
    }
  };

  input.addEventListener('input', () => {
    asking?.abort();
    clearTimeout(timer);
    const text = input.value.trim();
    if (text.length < 2) {
      close();
      return;
    }
    timer = window.setTimeout(() => void ask(text), PAUSE_MS);
  });
  input.addEventListener('keydown', (event) => {
    const isOpen = !list.hidden;
    if (event.key === 'Escape' && isOpen) {
      event.preventDefault();
      close();
    } else if (event.key === 'Enter' && isOpen && active >= 0) {
      event.preventDefault();
      choose(active);
    } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && isOpen) {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      // One stop between the ends is the text itself, as the pattern asks.
      const stops = places.length + 1;
      mark(((active + 1 + step + stops) % stops) - 1);
    }
  });
  list.addEventListener('pointerdown', (event) => event.preventDefault());
  list.addEventListener('click', (event) => {
    const option = (event.target as Element).closest('[role="option"]');
    if (option) choose([...list.children].indexOf(option));
  });
  input.addEventListener('blur', close);
}

interface Located {
  area: Seat;
  confidence: 'certain' | 'near_boundary' | 'nearest';
  metres_to_other: number | null;
  alternatives: Seat[];
}

function locator(under: HTMLElement, props: PlaceFinderProps, say: (sentence: string) => void): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'button bare';
  button.textContent = props.words.locate;
  const told = document.createElement('div');
  told.className = 'told';
  told.hidden = true;
  under.after(told);
  const tell = (sentence: string, ...more: Node[]) => {
    told.hidden = false;
    told.replaceChildren(paragraph(sentence), ...more);
    say(sentence);
  };
  button.addEventListener('click', () => {
    button.disabled = true;
    tell(props.words.locating);
    navigator.geolocation.getCurrentPosition(
      (position) => {
        button.disabled = false;
        void locate(position.coords, props, tell);
      },
      () => {
        button.disabled = false;
        tell(props.words.refused);
      },
      { timeout: 10_000, maximumAge: 60_000 },
    );
  });
  return button;
}

type Tell = (sentence: string, ...more: Node[]) => void;

async function locate(at: GeolocationCoordinates, props: PlaceFinderProps, tell: Tell): Promise<void> {
  try {
    const answer = await fetch(
      `${props.locate}?${new URLSearchParams({ lat: at.latitude.toFixed(6), lon: at.longitude.toFixed(6) })}`,
      { headers: { 'Accept-Language': document.documentElement.lang }, credentials: 'omit' },
    );
    if (answer.status === 404) {
      tell(props.words.outside);
      return;
    }
    if (!answer.ok) throw new Error(String(answer.status));
    const found = (await answer.json()) as Located;
    const others = found.alternatives.filter((seat) => seat.code !== found.area.code);
    if (found.confidence === 'certain' || others.length === 0) {
      location.assign(`${props.results}${found.area.code}/`);
      return;
    }
    const metres = found.metres_to_other;
    tell(
      metres === null ? props.words.doubtful : fill(props.words.near, { metres: Math.round(metres) }),
      choices([found.area, ...others], props),
    );
  } catch {
    tell(props.words.failed);
  }
}

function paragraph(sentence: string): HTMLParagraphElement {
  const element = document.createElement('p');
  element.textContent = sentence;
  return element;
}

function choices(seats: Seat[], props: PlaceFinderProps): HTMLUListElement {
  const list = document.createElement('ul');
  list.className = 'rows';
  for (const seat of seats) {
    const item = document.createElement('li');
    const link = document.createElement('a');
    link.href = `${props.results}${seat.code}/`;
    link.textContent = seat.name;
    item.append(link);
    list.append(item);
  }
  return list;
}
