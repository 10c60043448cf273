import { startAnotherCard, type AnotherCardProps } from '@/features/fundraising/monthly/another-card';
import { eachIsland } from '@/lib/islands';

eachIsland<AnotherCardProps>('another-card', startAnotherCard);
