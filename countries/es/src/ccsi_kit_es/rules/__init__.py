"""Spain's rules, a folder a law."""

from ccsi_kit_es.rules.autoridad_de_gestion import rule as autoridad_de_gestion
from ccsi_kit_es.rules.centro_especial_de_empleo import rule as centro_especial_de_empleo
from ccsi_kit_es.rules.cooperativa import rule as cooperativa
from ccsi_kit_es.rules.economia_social import rule as economia_social
from ccsi_kit_es.rules.empresa_de_insercion import rule as empresa_de_insercion
from ccsi_kit_es.rules.entidades_sin_fines_lucrativos import rule as entidades_sin_fines_lucrativos
from ccsi_kit_es.rules.nif import rule as nif
from ccsi_kit_es.rules.sociedad_laboral import rule as sociedad_laboral

RULES = (
    *empresa_de_insercion.RULES,
    *economia_social.RULES,
    *centro_especial_de_empleo.RULES,
    *sociedad_laboral.RULES,
    *cooperativa.RULES,
    *entidades_sin_fines_lucrativos.RULES,
    *nif.RULES,
    *autoridad_de_gestion.RULES,
)
