import { useSearchParams } from 'react-router';
import { OwnCharter } from '@/features/people/own-charter';

export function Charter() {
  const [params] = useSearchParams();
  return <OwnCharter chosen={params.get('version') ?? ''} />;
}
