"""France's rules, a folder a law."""

from ccsi_kit_fr.rules.autorite_de_gestion import rule as autorite_de_gestion
from ccsi_kit_fr.rules.cooperative import rule as cooperative
from ccsi_kit_fr.rules.entreprise_adaptee import rule as entreprise_adaptee
from ccsi_kit_fr.rules.entreprise_ess import rule as entreprise_ess
from ccsi_kit_fr.rules.esus import rule as esus
from ccsi_kit_fr.rules.siae import rule as siae
from ccsi_kit_fr.rules.societe_a_mission import rule as societe_a_mission

RULES = (
    *entreprise_ess.RULES,
    *esus.RULES,
    *siae.RULES,
    *entreprise_adaptee.RULES,
    *cooperative.RULES,
    *societe_a_mission.RULES,
    *autorite_de_gestion.RULES,
)
