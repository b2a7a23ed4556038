"""Rules of the Union, a folder a law."""

from ccsi_kit.eu.rules.cofinancing import rule as cofinancing
from ccsi_kit.eu.rules.de_minimis import rule as de_minimis
from ccsi_kit.eu.rules.eligibility import rule as eligibility
from ccsi_kit.eu.rules.simplified_costs import rule as simplified_costs
from ccsi_kit.eu.rules.social_innovation import rule as social_innovation
from ccsi_kit.eu.rules.thematic_concentration import rule as thematic_concentration
from ccsi_kit.eu.rules.transparency import rule as transparency

RULES = (
    *cofinancing.RULES,
    *social_innovation.RULES,
    *thematic_concentration.RULES,
    *transparency.RULES,
    *simplified_costs.RULES,
    *de_minimis.RULES,
    *eligibility.RULES,
)
