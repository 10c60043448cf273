import { startCountdown, type CountdownProps } from '@/lib/countdown';
import { eachIsland } from '@/lib/islands';

eachIsland<CountdownProps>('countdown', startCountdown);
