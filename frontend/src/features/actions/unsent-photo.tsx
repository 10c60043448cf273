import './report-photo.css';
import { useTranslation } from 'react-i18next';
import { savePhoto } from '@/lib/save-file';

/** The photo of a report that was never sent, in base64: seen, and saved before it goes from this device. */
export function UnsentPhoto({ photo }: { photo: string }) {
  const { t } = useTranslation('common');
  return (
    <>
      <img className="report-photo" src={`data:image/jpeg;base64,${photo}`} alt={t('report_photo.alt_chosen')} />
      <button
        type="button"
        className="button line"
        onClick={() => {
          savePhoto(photo);
        }}
      >
        {t('left.save_photo')}
      </button>
    </>
  );
}
