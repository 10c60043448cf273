"""Where the assembly publishes its votes and who sits. Licence Ouverte. The commands take another address by `--from`.

To be confirmed: the addresses are those of the 17th legislature; the next one publishes under its own number.
"""

ASSEMBLY_ROLL_CALLS_URL = "https://data.assemblee-nationale.fr/static/openData/repository/17/loi/scrutins/Scrutins.json.zip"
ASSEMBLY_MEMBERS_URL = (
    "https://data.assemblee-nationale.fr/static/openData/repository/17/amo/"
    "tous_acteurs_mandats_organes_xi_legislature/AMO30_tous_acteurs_tous_mandats_tous_organes_historique.json.zip"
)
