import { startGiving } from '@/features/fundraising/give/give';
import type { GivingProps } from '@/features/fundraising/give/props';
import { eachIsland } from '@/lib/islands';

eachIsland<GivingProps>('give', startGiving);
