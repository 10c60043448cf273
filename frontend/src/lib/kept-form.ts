export interface KeptFormProps {
  /** Under which name the texts are kept, for this tab only. */
  name: string;
  /** The form was sent: what was kept goes. */
  forget?: boolean;
  /** What the reader is told when texts come back. */
  restored?: string;
  /** What was chosen comes back too, in place of what the page chose at first: radios and lists. */
  choices?: boolean;
}

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

const typed = (form: HTMLFormElement): Field[] =>
  [...form.elements].filter(
    (field): field is Field =>
      (field instanceof HTMLInputElement &&
        !['hidden', 'checkbox', 'radio', 'submit', 'password'].includes(field.type)) ||
      field instanceof HTMLTextAreaElement ||
      field instanceof HTMLSelectElement,
  );

const chosen = (form: HTMLFormElement): HTMLInputElement[] =>
  [...form.elements].filter(
    (field) => field instanceof HTMLInputElement && field.type === 'radio',
  ) as HTMLInputElement[];

/** Let another form of this tab find some of what was typed into one. */
export function handOnTexts(from: string, to: string, isHandedOn: (name: string) => boolean): void {
  try {
    const kept = JSON.parse(sessionStorage.getItem(`kept:${from}`) ?? '{}') as Record<string, string>;
    const handed = Object.entries(kept).filter(([name]) => isHandedOn(name));
    sessionStorage.setItem(`kept:${to}`, JSON.stringify(Object.fromEntries(handed)));
  } catch {
    // A private window may refuse storage: the other form is empty then.
  }
}

/**
 * Keep what was typed into a form through a reload, in this tab and nowhere else, until it is sent.
 * Boxes are never kept: a consent is given each time anew.
 */
export function startKeptForm(root: HTMLElement, { name, forget, restored, choices = false }: KeptFormProps): void {
  const key = `kept:${name}`;
  try {
    if (forget) {
      sessionStorage.removeItem(key);
      return;
    }
    const form = root.querySelector('form');
    if (!form) return;
    const kept = JSON.parse(sessionStorage.getItem(key) ?? '{}') as Record<string, string>;
    let came = false;
    for (const field of typed(form)) {
      const text = kept[field.name];
      // What the server sent back after an error is newer than what was kept.
      const isFirst = !field.value || (choices && field instanceof HTMLSelectElement && field.value !== text);
      if (text && isFirst) {
        field.value = text;
        came = true;
      }
    }
    for (const radio of choices ? chosen(form) : []) {
      if (radio.name in kept) radio.checked = kept[radio.name] === radio.value;
    }
    if (came && restored) {
      const note = document.createElement('p');
      note.className = 'notice';
      note.setAttribute('role', 'status');
      note.textContent = restored;
      form.prepend(note);
    }
    form.addEventListener('input', () => {
      const texts = typed(form).map((field) => [field.name, field.value]);
      const radios = choices ? chosen(form) : [];
      const none = radios.map((radio) => [radio.name, '']);
      const picked = radios.filter((radio) => radio.checked).map((radio) => [radio.name, radio.value]);
      sessionStorage.setItem(key, JSON.stringify(Object.fromEntries([...texts, ...none, ...picked])));
    });
  } catch {
    // A private window may refuse storage: the form works all the same.
  }
}
