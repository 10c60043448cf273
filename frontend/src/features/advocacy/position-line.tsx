import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Position } from '@/api/shapes';
import { stanceName } from '@/entities/stance/words';
import { dated } from '@/lib/format';
import { Choices } from '@/ui/choices';
import { disputePosition, settleDispute, undoPosition } from './ledger-api';
import { useTold } from './use-told';
import { WordsDialog } from './words-dialog';

type Deed = 'dispute' | 'settle' | 'undo';

/** One statement as it was written down, and what the reader may do with it. An undone one stays, struck through. */
export function PositionLine({ position }: { position: Position }) {
  const { t } = useTranslation('advocacy');
  const [deed, setDeed] = useState<Deed | null>(null);
  const [outcome, setOutcome] = useState<'upheld' | 'undone'>('upheld');
  const close = () => {
    setDeed(null);
  };
  const disputing = useTold(disputePosition, close);
  const settling = useTold(settleDispute, close);
  const undoing = useTold(undoPosition, close);
  const { id, abilities, dispute } = position;
  const said = t('line', {
    stance: t(`state.${stanceName(position.stance)}`),
    known: t(`known.${position.known_by}`),
    day: dated(position.said_on),
  });
  return (
    <li>
      <p>
        {position.undone_at ? <del>{said}</del> : said}
        {position.is_mine ? `, ${t('by_me')}` : position.author && `, ${t('by', { name: position.author })}`}
        {position.source_url && (
          <>
            {'. '}
            <a href={position.source_url} rel="noreferrer">
              {t('source')}
            </a>
          </>
        )}
      </p>
      {position.quote && <blockquote className="mp-quote">{position.quote}</blockquote>}
      {position.undone_at && <p className="muted">{t('undone', { why: position.undone_why })}</p>}
      {dispute && <p className="notice">{t('dispute_open', { reason: dispute.reason })}</p>}
      {(['settle', 'dispute', 'undo'] as const).some((name) => abilities[name]) && (
        <div className="buttons">
          {(['settle', 'dispute', 'undo'] as const)
            .filter((name) => abilities[name])
            .map((name) => (
              <button
                key={name}
                type="button"
                className="button bare"
                onClick={() => {
                  setDeed(name);
                }}
              >
                {t(`${name}.do`)}
              </button>
            ))}
        </div>
      )}
      {deed === 'dispute' && (
        <WordsDialog
          title={t('dispute.title')}
          why={t('dispute.why')}
          label={t('dispute.reason')}
          field="reason"
          word={t('dispute.save')}
          telling={disputing}
          onSay={(reason) => {
            disputing.mutate({ id, reason });
          }}
          onClose={close}
        />
      )}
      {deed === 'settle' && (
        <WordsDialog
          title={t('settle.title')}
          why={t('settle.why')}
          label={t('settle.words')}
          field="words"
          word={t('settle.save')}
          telling={settling}
          onSay={(words) => {
            settling.mutate({ id, outcome, words });
          }}
          onClose={close}
        >
          {dispute && <blockquote className="mp-quote">{dispute.reason}</blockquote>}
          <Choices
            legend={t('settle.outcome')}
            value={outcome}
            onChange={setOutcome}
            options={(['upheld', 'undone'] as const).map((value) => ({ value, label: t(`settle.${value}`) }))}
          />
        </WordsDialog>
      )}
      {deed === 'undo' && (
        <WordsDialog
          title={t('undo.title')}
          why={t('undo.why')}
          label={t('undo.words')}
          field="why"
          word={t('undo.save')}
          isStop
          telling={undoing}
          onSay={(why) => {
            undoing.mutate({ id, why });
          }}
          onClose={close}
        />
      )}
    </li>
  );
}
