import { fill } from '@/lib/announce';
import { money, typedAmount } from './money';
import type { GivingProps } from './props';

/** A donation as the server takes it (`DonationIn`), of what the form says. */
export interface Asked {
  amount: number;
  day: number | null;
  shares: { fund: string; amount: number }[];
  donor: Record<string, string | null>;
  declaration: string;
  /** The supporter's page on which it is given, and what is said there. */
  page?: { slug: string; words: string; shown_as: string; tells_name: boolean; tells_amount: boolean };
}

/** What is wrong, by the field under which it is said. */
export type Wrong = Record<string, string>;

const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/;
/** What is typed of who gives; the day of birth stands in three fields of its own. */
export const TEXTS = [
  'email',
  'given_name',
  'family_name',
  'nationality',
  'address_lines',
  'postcode',
  'city',
  'country',
] as const;
const OLDEST = 120;

/** The form of one fund: what stands in it, and what is wrong with it, in the order of the page. */
export class GivingForm {
  constructor(
    readonly form: HTMLFormElement,
    private readonly props: GivingProps,
  ) {}

  get isMonthly(): boolean {
    return this.value('rhythm') === 'monthly';
  }

  /** Cents, or why there are none: a sentence. The free amount counts once something is typed into it. */
  get amount(): { cents: number } | { wrong: string } {
    const { words, currency, least, most, isCapped } = this.props;
    const typed = this.value('free').trim();
    if (!typed) {
      const chosen = Number(this.value(this.isMonthly ? 'monthly-amount' : 'once-amount'));
      return chosen ? { cents: chosen } : { wrong: words.give_nothing };
    }
    const read = typedAmount(typed, document.documentElement.lang);
    if ('wrong' in read && read.wrong !== 'huge') return { wrong: words[read.wrong] };
    const cents = 'cents' in read ? read.cents : Infinity;
    if (cents > most) return { wrong: fill(isCapped ? words.too_much : words.huge, { amount: money(most, currency) }) };
    if (cents < least) return { wrong: fill(words.too_little, { amount: money(least, currency) }) };
    return { cents };
  }

  /** What is asked, or what is wrong. */
  read(): { asked: Asked } | { wrong: Wrong } {
    const { words } = this.props;
    const wrong: Wrong = {};
    const amount = this.amount;
    const cents = 'cents' in amount ? amount.cents : 0;
    if ('wrong' in amount) wrong.amount = amount.wrong;
    const shares = this.shares(cents, wrong);
    const donor: Asked['donor'] = {};
    for (const name of TEXTS) {
      if (!this.has(name)) continue;
      donor[name] = this.value(name).trim();
      if (!donor[name]) wrong[name] = words.missing;
    }
    if (donor.email && !ADDRESS.test(donor.email)) wrong.email = words.email;
    if (this.has('born-year')) donor.born_on = this.bornOn(wrong);
    if (!this.isTicked('declaration')) wrong.declaration = words.not_ticked;
    if (this.isTicked('news')) donor.news = this.value('news');
    if (Object.keys(wrong).length > 0) return { wrong };
    return {
      asked: {
        amount: cents,
        day: this.isMonthly ? Number(this.value('day')) : null,
        shares,
        donor,
        declaration: this.value('declaration'),
        ...this.onPage(),
      },
    };
  }

  /** Write an address that is known where none was typed. */
  proposeEmail(address: string): void {
    const field = this.form.querySelector<HTMLInputElement>('#email');
    if (field) field.value ||= address;
  }

  /** Who gives, as far as a cap asks it; or what is missing of it. */
  who(): { email: string; given_name: string; family_name: string; born_on: string } | { wrong: Wrong } {
    const { words } = this.props;
    const wrong: Wrong = {};
    const text = (name: string) => {
      const value = this.value(name).trim();
      if (!value) wrong[name] = words.missing;
      return value;
    };
    const said = { email: text('email'), given_name: text('given_name'), family_name: text('family_name') };
    if (said.email && !ADDRESS.test(said.email)) wrong.email = words.email;
    const born_on = this.bornOn(wrong) ?? '';
    return Object.keys(wrong).length > 0 ? { wrong } : { ...said, born_on };
  }

  /** Say under each field what is wrong, and lead to the first. Fields that were put right say nothing more. */
  show(wrong: Wrong): void {
    for (const error of this.form.querySelectorAll<HTMLElement>('.error[id$="-error"]')) {
      const said = wrong[error.id.replace(/-error$/, '')] ?? '';
      error.textContent = said;
      error.hidden = !said;
      for (const field of this.fieldsOf(error.id)) {
        if (said) field.setAttribute('aria-invalid', 'true');
        else field.removeAttribute('aria-invalid');
      }
    }
    this.form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }

  /** Take back what was said under a field that is being put right. */
  settle(field: Element): void {
    for (const id of (field.getAttribute('aria-describedby') ?? '').split(' ')) {
      const error = id.endsWith('-error') ? this.form.querySelector<HTMLElement>(`#${id}`) : null;
      if (!error) continue;
      error.hidden = true;
      error.textContent = '';
      for (const each of this.fieldsOf(id)) each.removeAttribute('aria-invalid');
    }
  }

  value(name: string): string {
    const found = this.form.elements.namedItem(name);
    if (found instanceof RadioNodeList) return found.value;
    if (found instanceof HTMLInputElement && found.type === 'radio') return found.checked ? found.value : '';
    return (found as HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement | null)?.value ?? '';
  }

  private isTicked(name: string): boolean {
    const box = this.field(name);
    return box instanceof HTMLInputElement && box.checked;
  }

  private fieldsOf(errorId: string): HTMLElement[] {
    const fields = this.form.querySelectorAll<HTMLElement>('input, select, textarea');
    return [...fields].filter((field) => (field.getAttribute('aria-describedby') ?? '').split(' ').includes(errorId));
  }

  private field(name: string): Element | RadioNodeList | null {
    return this.form.elements.namedItem(name);
  }

  private has(name: string): boolean {
    return this.field(name) !== null;
  }

  private shares(cents: number, wrong: Wrong): Asked['shares'] {
    const chosen = this.value('envelope');
    if (chosen !== '*') return chosen ? [{ fund: chosen, amount: cents }] : [];
    const parts = [...this.form.querySelectorAll<HTMLInputElement>('[data-part]')].filter((part) => part.value.trim());
    const shares = [];
    for (const part of parts) {
      const read = typedAmount(part.value, document.documentElement.lang);
      if ('wrong' in read) {
        wrong.shares = this.props.words[read.wrong === 'huge' ? 'no_number' : read.wrong];
        return [];
      }
      shares.push({ fund: part.dataset.part ?? '', amount: read.cents });
    }
    if (cents && shares.reduce((sum, share) => sum + share.amount, 0) > cents)
      wrong.shares = fill(this.props.words.shares, { amount: money(cents, this.props.currency) });
    return shares;
  }

  private onPage(): Pick<Asked, 'page'> {
    const slug = this.props.page;
    if (!slug) return {};
    const page = {
      slug,
      words: this.value('message').trim(),
      shown_as: this.value('shown_as') || 'not',
      tells_name: this.isTicked('tells_name'),
      tells_amount: this.isTicked('tells_name') && this.isTicked('tells_amount'),
    };
    return { page };
  }

  private bornOn(wrong: Wrong): string | null {
    const { words, age } = this.props;
    const [day, month, year] = ['day', 'month', 'year'].map((part) => this.value(`born-${part}`).trim());
    if (!day || !month || !year) {
      wrong.born_on = words.missing;
      return null;
    }
    const iso = `${year.padStart(4, '0')}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
    const at = new Date(`${iso}T00:00:00Z`);
    if (!/^\d{4}-\d\d-\d\d$/.test(iso) || Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== iso) {
      wrong.born_on = words.no_day;
      return null;
    }
    const years = yearsSince(at);
    if (years < age) wrong.born_on = fill(words.too_young, { age });
    else if (years > OLDEST) wrong.born_on = words.too_old;
    return iso;
  }
}

function yearsSince(born: Date): number {
  const today = new Date();
  const isBefore =
    today.getMonth() < born.getUTCMonth() ||
    (today.getMonth() === born.getUTCMonth() && today.getDate() < born.getUTCDate());
  return today.getFullYear() - born.getUTCFullYear() - (isBefore ? 1 : 0);
}
