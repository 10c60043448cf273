import { useEffect, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { type Entry, outbox, PREFIX } from '@/api/outbox';
import { vaultOrder } from '@/api/vault-order';
import { UnsentPhoto } from '@/features/actions/unsent-photo';
import { instant } from '@/lib/format';
import { saveFile } from '@/lib/save-file';
import { vault } from '@/lib/vault';
import { Dialog } from '@/ui/dialog';
import { Raised } from '@/ui/raised';

/** What a person typed into an entry, in the order of its form. */
function words(entry: Entry): string[] {
  const body: unknown[] = Object.values(entry.body);
  return body.filter((value): value is string => typeof value === 'string' && value.trim().length > 3);
}

async function wipe(): Promise<void> {
  await vault.clear();
  sessionStorage.clear();
}

function beginAnew(): void {
  location.replace(vaultOrder.next());
}

interface Props {
  /** Begin anew: nothing of what was kept is left in the page either. */
  leave?: () => void;
}

/**
 * The server ordered the vault of this browser wiped, because a term or its sessions ended. Drafts go at once; a report
 * that was never sent is shown first, whatever happens to the page meanwhile, and goes when its reader says so.
 */
export function LeftBehind({ leave = beginAnew }: Props) {
  const { t } = useTranslation('common');
  const isOrdered = useSyncExternalStore(vaultOrder.subscribe, vaultOrder.isGiven);
  const [entries, setEntries] = useState<Entry[]>([]);
  const [isCopied, setCopied] = useState(false);

  useEffect(() => {
    if (!isOrdered) return;
    void (async () => {
      const unsent = await outbox.entries().catch(() => []);
      if (unsent.length === 0) {
        await wipe();
        leave();
        return;
      }
      await vault.keepOnly(PREFIX);
      setEntries(unsent);
    })();
  }, [isOrdered, leave]);

  if (entries.length === 0) return null;
  const text = entries.map((entry) => [instant(entry.queuedAt), ...words(entry)].join('\n')).join('\n\n');
  return (
    <Dialog title={t('left.title', { count: entries.length })} role="alertdialog" isDismissable={false} onClose={leave}>
      <p>{t('left.why')}</p>
      {entries.map((entry) => (
        <section key={entry.id} className="notice">
          <b>
            <Raised text={t('left.written', { at: instant(entry.queuedAt) })} />
          </b>
          {words(entry).map((sentence, index) => (
            <p key={index}>{sentence}</p>
          ))}
          {entry.photo && <UnsentPhoto photo={entry.photo} />}
        </section>
      ))}
      <p className="muted">{t('left.what')}</p>
      <div className="buttons">
        <button
          type="button"
          className="button"
          onClick={() => {
            void navigator.clipboard.writeText(text).then(() => {
              setCopied(true);
            });
          }}
        >
          {t(isCopied ? 'left.copied' : 'left.copy')}
        </button>
        <button
          type="button"
          className="button line"
          onClick={() => {
            saveFile(new Blob([text], { type: 'text/plain' }), 'maillage.txt');
          }}
        >
          {t('left.save')}
        </button>
        <button type="button" className="button stop" onClick={() => void wipe().then(leave)}>
          {t('left.erase')}
        </button>
      </div>
    </Dialog>
  );
}
