import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Wording } from '@/api/shapes';
import { Select } from '@/ui/select';
import { wordingsQuery } from './wordings-api';

/** By wording, the version that a paper carries, where there is more than one. */
export type Printed = Readonly<Record<string, string>>;

/** The versions on a paper, to be sent with what is entered from it: those that were chosen, else the only ones there are. */
export function usePrinted(printed: Printed): string[] {
  const wordings = useQuery(wordingsQuery);
  const papers = wordings.data?.items.filter((wording) => wording.is_on_paper) ?? [];
  return papers.flatMap((wording) => saidOn(wording, printed)?.version ?? []);
}

/** What a paper says beside the box of a wording; nothing before its version was chosen. */
export function saidOn(wording: Wording, printed: Printed): Wording['in_force'] | undefined {
  const { slug, in_force: inForce, earlier } = wording;
  return earlier.length === 0 ? inForce : [inForce, ...earlier].find(({ version }) => version === printed[slug]);
}

interface Props {
  printed: Printed;
  onPrint: (printed: Printed) => void;
  /** The one purpose that is entered from it; left out: all that a paper carries. */
  only?: string;
}

/** Which words stand on the paper, for those that were changed since it may have been printed; nothing where none was. */
export function PaperWords({ printed, onPrint, only }: Props) {
  const { t } = useTranslation('member');
  const wordings = useQuery(wordingsQuery);
  const changed =
    wordings.data?.items.filter(
      ({ is_on_paper: isOnPaper, earlier, purpose }) => isOnPaper && earlier.length > 0 && (!only || purpose === only),
    ) ?? [];
  if (changed.length === 0) return null;
  return (
    <fieldset className="group">
      <legend>{t('enter.printed')}</legend>
      <p className="hint">{t('enter.printed_why')}</p>
      {changed.map((wording) => (
        <Select
          key={wording.slug}
          label={wording.title}
          required
          value={printed[wording.slug] ?? ''}
          options={[
            { value: '', label: t('enter.printed_choose') },
            ...[wording.in_force, ...wording.earlier].map(({ version }) => ({ value: version, label: version })),
          ]}
          hint={saidOn(wording, printed)?.text}
          onChange={(event) => {
            onPrint({ ...printed, [wording.slug]: event.target.value });
          }}
        />
      ))}
    </fieldset>
  );
}
