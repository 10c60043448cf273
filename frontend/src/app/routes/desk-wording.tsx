import { useParams } from 'react-router';
import { WordingDesk } from '@/features/people/wording-desk';

export function DeskWording() {
  const { slug = '' } = useParams();
  return <WordingDesk slug={slug} />;
}
