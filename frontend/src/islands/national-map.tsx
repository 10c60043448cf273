import { eachIsland } from '@/lib/islands';
import { startNationalMap, type NationalMapWords } from '@/map/national-map';

eachIsland<NationalMapWords>('national-map', startNationalMap);
