"""Spain's rules, a folder a law."""

from ccsi_kit_es.rules.empresa_de_insercion import rule as empresa_de_insercion

RULES = (*empresa_de_insercion.RULES,)
