import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Select } from '@/ui/select';
import { wordingsQuery } from './wordings-api';

/** By wording, the version that a paper carries, where it is not the one in force. */
export type Printed = Readonly<Record<string, string>>;

/** The versions on a paper, to be sent with what is entered from it: those that were read aloud, chosen or in force. */
export function usePrinted(printed: Printed): string[] {
  const wordings = useQuery(wordingsQuery);
  const papers = wordings.data?.items.filter((wording) => wording.is_on_paper) ?? [];
  return papers.map(({ slug, in_force: inForce }) => printed[slug] ?? inForce.version);
}

interface Props {
  printed: Printed;
  onPrint: (printed: Printed) => void;
}

/** Which words stand on the paper, for those that were changed since it may have been printed; nothing where none was. */
export function PaperWords({ printed, onPrint }: Props) {
  const { t } = useTranslation('member');
  const wordings = useQuery(wordingsQuery);
  const changed = wordings.data?.items.filter((wording) => wording.is_on_paper && wording.earlier.length > 0) ?? [];
  if (changed.length === 0) return null;
  return (
    <fieldset className="group">
      <legend>{t('enter.printed')}</legend>
      <p className="hint">{t('enter.printed_why')}</p>
      {changed.map(({ slug, title, in_force: inForce, earlier }) => (
        <Select
          key={slug}
          label={title}
          value={printed[slug] ?? inForce.version}
          options={[inForce, ...earlier].map(({ version }) => ({ value: version, label: version }))}
          hint={[inForce, ...earlier].find(({ version }) => version === (printed[slug] ?? inForce.version))?.text}
          onChange={(event) => {
            onPrint({ ...printed, [slug]: event.target.value });
          }}
        />
      ))}
    </fieldset>
  );
}
