export interface KeptFormProps {
  /** Under which name the texts are kept, for this tab only. */
  name: string;
  /** The form was sent: what was kept goes. */
  forget?: boolean;
  /** What the reader is told when texts come back. */
  restored?: string;
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

/**
 * Keep what was typed into a form through a reload, in this tab and nowhere else, until it is sent.
 * Boxes are never kept: a consent is given each time anew.
 */
export function startKeptForm(root: HTMLElement, { name, forget, restored }: KeptFormProps): void {
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
      if (text && !field.value) {
        field.value = text;
        came = true;
      }
    }
    if (came && restored) {
      const note = document.createElement('p');
      note.className = 'notice';
      note.setAttribute('role', 'status');
      note.textContent = restored;
      form.prepend(note);
    }
    form.addEventListener('input', () => {
      const texts = Object.fromEntries(typed(form).map((field) => [field.name, field.value]));
      sessionStorage.setItem(key, JSON.stringify(texts));
    });
  } catch {
    // A private window may refuse storage: the form works all the same.
  }
}
