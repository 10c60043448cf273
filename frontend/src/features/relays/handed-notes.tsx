import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { noteQueries } from './hand-over-api';
import { SeatNote } from './seat-note';

/** Notes of mine that went along to whoever came after me: I can take each of them back. */
export function HandedNotes() {
  const { t } = useTranslation('member');
  const mine = useQuery(noteQueries.mine);
  const handed = (mine.data?.items ?? []).filter((note) => note.handed_at);
  if (handed.length === 0) return null;
  return (
    <section className="card" aria-labelledby="handed">
      <h2 id="handed">{t('notes.handed_title')}</h2>
      <p className="note">{t('notes.handed_why')}</p>
      <ul className="seat-notes">
        {handed.map((note) => (
          <SeatNote key={note.id} note={note} />
        ))}
      </ul>
    </section>
  );
}
