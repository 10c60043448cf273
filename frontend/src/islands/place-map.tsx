import { eachIsland, whenNear } from '@/lib/islands';
import type { PlaceMapProps } from '@/map/place-map';

// The server drew the place as a picture: tiles replace it when the reader comes near, and not before.
eachIsland<PlaceMapProps>('place-map', (element, props) => {
  whenNear(element, () => {
    void import('@/map/place-map').then(({ drawPlaceMap }) => {
      const sheet = document.createElement('div');
      sheet.className = 'map-place';
      element.replaceChildren(sheet);
      drawPlaceMap(sheet, props);
    });
  });
});
