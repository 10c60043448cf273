import { useQuery } from '@tanstack/react-query';
import { charterQuery } from '@/features/people/charter-api';
import { CharterDesk } from '@/features/people/charter-desk';
import { CharterMissing } from '@/features/relays/charter-missing';
import { RequiredQualifications } from '@/features/relays/required-qualifications';

/** The charter, who still has to agree to it, and what else a seat asks for. */
export function DeskCharter() {
  const charter = useQuery(charterQuery);
  return (
    <CharterDesk>
      <div className="side-by-side">
        <CharterMissing />
        <RequiredQualifications languages={charter.data?.languages ?? []} />
      </div>
    </CharterDesk>
  );
}
