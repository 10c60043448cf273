import { eachIsland } from '@/lib/islands';
import { startPlaceFinder, type PlaceFinderProps } from '@/features/territories/place-finder';

eachIsland<PlaceFinderProps>('place-finder', startPlaceFinder);
